import { catalogue, type MetricsError } from "../errors.js";

/** A catalogue error as a problem document (RFC 9457). */
export function renderProblem({ code, message, status, errors }: MetricsError, requestId: string) {
  return {
    type: "about:blank",
    title: catalogue[code].title,
    status,
    code,
    detail: message,
    ...(errors.length > 0 && { errors }),
    request_id: requestId,
  };
}
