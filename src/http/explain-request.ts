import type { FastifyError } from "fastify";
import { badUserInput, explain, MetricsError, unsupportedMediaType } from "../errors.js";
import type { Limits } from "../limits.js";

/**
 * The catalogue error behind whatever went wrong before a door was reached, or inside it.
 * @param mediaTypes what the door reads, in words
 */
export function explainRequestError(
  error: unknown,
  limits: Limits,
  mediaTypes = "application/json",
): MetricsError {
  if (error instanceof MetricsError || !(error instanceof Error)) return explain(error);
  const { code = "", statusCode = 500 } = error as Partial<FastifyError>;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    return new MetricsError(
      "PAYLOAD_TOO_LARGE",
      `The body is larger than ${limits.bodyBytes} bytes, packed or unpacked.`,
    );
  }
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE" || statusCode === 415) {
    return unsupportedMediaType(mediaTypes);
  }
  if (/^(Z_|ERR__ERROR_|ERR_STREAM_PREMATURE_CLOSE)/.test(code)) {
    return unreadable("The body cannot be unpacked as its content encoding says.");
  }
  if (statusCode >= 400 && statusCode < 500) return unreadable("The request cannot be read.");
  return explain(error);
}

function unreadable(message: string): MetricsError {
  return badUserInput([{ path: "", message }], { status: 400 });
}
