import type { z } from "zod";
import { catalogue, type MetricsError } from "../errors.js";
import type { problemAnswer } from "./answers/problem.answer.js";

/** A catalogue error as a problem document (RFC 9457). */
export function renderProblem(
  { code, message, status, errors }: MetricsError,
  requestId: string,
): z.input<typeof problemAnswer> {
  return {
    type: "about:blank",
    title: catalogue[code].title,
    status,
    code,
    detail: message,
    ...(errors.length > 0 && { errors: [...errors] }),
    request_id: requestId,
  };
}
