import { unavailable } from "../errors.js";

/**
 * Runs work that must be answered in time, and tells it when it no longer is.
 * @throws MetricsError `UNAVAILABLE` after `timeoutMs`
 */
export async function withinDeadline<T>(
  timeoutMs: number,
  work: (deadline: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(tooLate()), timeoutMs);
  const expiry = new Promise<never>((_, reject) => {
    deadline.signal.addEventListener("abort", () => reject(deadline.signal.reason), { once: true });
  });
  try {
    return await Promise.race([work(deadline.signal), expiry]);
  } finally {
    clearTimeout(timer);
  }
}

const tooLate = () =>
  unavailable("The request took too long; nothing is known to be stored. Send the same request again.");
