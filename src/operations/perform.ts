import type { Caller } from "../domain/caller.js";
import type { Clock } from "../domain/instant.js";
import type { PriceBook } from "../domain/price.js";
import { MetricsError } from "../errors.js";
import type { Limits } from "../limits.js";
import type { Store } from "../store/database.js";
import { withinDeadline } from "./deadline.js";
import { placed } from "./input-error.js";
import { type Operation, Parser } from "./operation.js";

/**
 * Performs an operation for a door: parses the input, runs it in a transaction of its own, answers after the
 * commit. `at` says where the input stands in the request, for the paths of errors.
 * @throws MetricsError `FORBIDDEN` when the caller's role does not allow it, `BAD_USER_INPUT`, `RATE_LIMITED`, what the
 * operation throws, `UNAVAILABLE` at the deadline
 */
export type Perform = <Command, Result>(
  operation: Operation<Command, Result>,
  input: unknown,
  at?: string,
) => Promise<Result>;

/** A way to perform operations for somebody. */
export type PerformAs = (caller: Caller) => Perform;

/** What performing operations takes. */
export interface PerformerParts {
  readonly store: Pick<Store, "read" | "write">;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly prices: PriceBook;
  /** After this long the caller is answered, in milliseconds; what has not committed by then is rolled back. */
  readonly timeoutMs: number;
  /** Lets a caller report so many events, or throws `RATE_LIMITED`. */
  readonly spend: (caller: Caller, events: number) => void;
}

export function performer({ store, clock, limits, prices, timeoutMs, spend }: PerformerParts): PerformAs {
  const parser = new Parser(limits);
  return (caller) =>
    async (operation, input, at = "") => {
      authorize(caller, operation);
      const now = clock();
      const command = parser.parse(operation, input, at, now);
      spend(caller, operation.events?.(command) ?? (operation.kind === "write" ? 1 : 0));
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

/**
 * Makes sure that a caller may do something.
 * @throws MetricsError `FORBIDDEN`
 */
export function authorize(
  { role }: Caller,
  { name, roles }: Pick<Operation<unknown, unknown>, "name" | "roles">,
): void {
  if (roles.includes(role)) return;
  throw new MetricsError(
    "FORBIDDEN",
    `${name} takes a key with the role ${roles.join(" or ")}; this one is for ${role}.`,
  );
}
