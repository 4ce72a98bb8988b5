import type { CallToolResult } from "@modelcontextprotocol/server";
import type { ErrorCode, MetricsError } from "../errors.js";

/** Under this name programs find the code and the broken rules in an answer. */
export const errorKey = "ws-metrics/error";

/** What to do next. */
const advice: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_USER_INPUT: "Put this right and call the tool again.",
  UNAUTHENTICATED: "Tell the user that a valid key is missing, and go on with the work.",
  FORBIDDEN: "Tell the user that the key does not allow this, and go on with the work.",
  NOT_FOUND: "Call start_work_statement first; it answers the execution_id.",
  CONFLICT: "Call get_execution to see what is recorded.",
  PAYLOAD_TOO_LARGE: "Send less.",
  RATE_LIMITED: "Call the tool again with the same arguments, later.",
  UNAVAILABLE: "Call the tool again with the same arguments, later.",
  INTERNAL_SERVER_ERROR: "Tell the user, and go on with the work.",
};

/** A refusal as the answer of a tool, which says what to do next. */
export function toolError({ code, message, errors }: MetricsError): CallToolResult {
  const said = [`${code}: ${message.replace(/(?<![.!?])$/, ".")}`, advice[code]];
  return {
    isError: true,
    content: [{ type: "text", text: said.filter(Boolean).join(" ") }],
    _meta: { [errorKey]: { code, errors } },
  };
}
