import type { ErrorCode, MetricsError } from "../errors.js";
import { encodingOf, json } from "./encoding.js";

/** The codes of gRPC (google.rpc.Code) that say the same. */
const rpcCodes: Readonly<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 3,
  UNAUTHENTICATED: 16,
  FORBIDDEN: 7,
  NOT_FOUND: 5,
  METHOD_NOT_ALLOWED: 12,
  UNSUPPORTED_MEDIA_TYPE: 3,
  CONFLICT: 6,
  PAYLOAD_TOO_LARGE: 8,
  QUERY_TOO_COMPLEX: 3,
  RATE_LIMITED: 8,
  UNAVAILABLE: 14,
  INTERNAL_SERVER_ERROR: 13,
};

/** An answer that says what went wrong. */
interface Failure {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

/**
 * A catalogue error as a `google.rpc.Status`, in the encoding of the request, or in JSON when that has none of OTLP.
 * What cannot be used is 400 whatever is wrong with it; exporters send again after 429, 502, 503 and 504 only.
 */
export function renderStatus(
  { code, message, status }: MetricsError,
  contentType: string | undefined,
): Failure {
  const { type, writeStatus } = encodingOf(contentType) ?? json;
  return {
    status: code === "BAD_USER_INPUT" ? 400 : status,
    type,
    body: writeStatus({ code: rpcCodes[code], message }),
  };
}
