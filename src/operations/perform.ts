import type { Clock } from "../domain/instant.js";
import type { PriceBook } from "../domain/price.js";
import { unavailable } from "../errors.js";
import type { Limits } from "../limits.js";
import type { Store } from "../store/database.js";
import { placed } from "./input-error.js";
import { type Operation, Parser } from "./operation.js";

/**
 * Performs an operation for a door: parses the input, runs it in a transaction of its own, answers after the
 * commit. `at` says where the input stands in the request, for the paths of errors.
 * @throws MetricsError `BAD_USER_INPUT`, what the operation throws, `UNAVAILABLE` at the deadline
 */
export type Perform = <Command, Result>(
  operation: Operation<Command, Result>,
  input: unknown,
  at?: string,
) => Promise<Result>;

/** What performing operations takes. */
export interface PerformerParts {
  readonly store: Pick<Store, "read" | "write">;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly prices: PriceBook;
  /** After this long the caller is answered, in milliseconds; what has not committed by then is rolled back. */
  readonly timeoutMs: number;
}

export function performer({ store, clock, limits, prices, timeoutMs }: PerformerParts): Perform {
  const parser = new Parser(limits);
  return async (operation, input, at = "") => {
    const now = clock();
    const command = parser.parse(operation, input, at, now);
    const performed = withinDeadline(timeoutMs, (deadline) =>
      store[operation.kind](async (db) => {
        const result = await operation.run({ db, now, limits, prices, deadline }, command, parser);
        deadline.throwIfAborted();
        return result;
      }),
    );
    return performed.catch((error) => {
      throw placed(error, at);
    });
  };
}

async function withinDeadline<T>(timeoutMs: number, work: (deadline: AbortSignal) => Promise<T>): Promise<T> {
  const late = unavailable(
    "The request took too long; nothing is known to be stored. Send the same request again.",
  );
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(late), timeoutMs);
  const expiry = new Promise<never>((_, reject) => {
    deadline.signal.addEventListener("abort", () => reject(late), { once: true });
  });
  try {
    return await Promise.race([work(deadline.signal), expiry]);
  } finally {
    clearTimeout(timer);
  }
}
