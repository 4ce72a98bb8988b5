import { catalogue, type ErrorCode, type MetricsError } from "../errors.js";

/** What JSON-RPC 2.0 and the protocol reserve a number for; everything else is an error of the server's own. */
const numbers: Readonly<Partial<Record<ErrorCode, number>>> = {
  BAD_USER_INPUT: -32600,
  INTERNAL_SERVER_ERROR: -32603,
};
const ownError = -32000;

/** A catalogue error as the answer to a message that no tool was asked for, or that could not be read. */
export function renderRpcError({ code, message, errors }: MetricsError, requestId: string) {
  return {
    jsonrpc: "2.0",
    id: null,
    error: {
      code: numbers[code] ?? ownError,
      message,
      data: {
        code,
        title: catalogue[code].title,
        ...(errors.length > 0 && { errors }),
        request_id: requestId,
      },
    },
  };
}
