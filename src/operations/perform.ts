import type { Caller } from "../domain/caller.js";
import type { Clock } from "../domain/instant.js";
import type { PriceBook } from "../domain/price.js";
import { MetricsError } from "../errors.js";
import type { Limits } from "../limits.js";
import { withinDeadline } from "../services/deadline.js";
import type { Store } from "../store/database.js";
import { type Gather, Gathering, type Joint } from "./gathering.js";
import { placed } from "./input-error.js";
import { Lane } from "./lane.js";
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

/** Whose request it is, and when it came, in milliseconds of `performance.now()`: its time limit counts from then. */
export interface Visit {
  readonly caller: Caller;
  readonly sinceMs: number;
}

/** A way to perform the operations of one request. */
export type PerformAs = (visit: Visit) => Perform;

/**
 * One lane for what reads and one for what writes, so that neither has to wait for the other. What may read everything
 * waits in a lane of its own before it waits with the reads.
 */
export type Lanes = Readonly<Record<Operation<unknown, unknown>["kind"] | "analysis", Lane>>;

/** What performing operations takes. */
export interface PerformerParts {
  readonly store: Pick<Store, "read" | "snapshot" | "write">;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly prices: PriceBook;
  readonly lanes: Lanes;
  /** So long after it came a request is answered, in milliseconds. What has not committed by then is rolled back, unless it is done along with the work of others. */
  readonly timeoutMs: number;
  /** Lets a caller report so many events, or throws `RATE_LIMITED`. */
  readonly spend: (caller: Caller, events: number) => void;
}

/** Work for several requests has no deadline; each of them has its own. */
const never = new AbortController().signal;

/** Of the operations of one request so many go on at once: a query of many fields leaves room for those of others. */
const atOnce = 2;

/**
 * A way to perform operations, whoever asks. The first operation of a request waits for its turn in the lane, the others
 * come before what is new. A write, or a read that answers one, is done along with those of other requests where its
 * operation can be.
 */
export function performer(parts: PerformerParts): PerformAs {
  const { store, clock, limits, prices, lanes, timeoutMs, spend } = parts;
  const parser = new Parser(limits);
  const gatherWithin = gatherer(parts);
  return ({ caller, sinceMs }) => {
    const endsAtMs = sinceMs + timeoutMs;
    const own = new Lane({ running: atOnce, waiting: Number.POSITIVE_INFINITY });
    let lane: Lane | undefined;
    let readAt: Date | undefined;
    return async (operation, input, at = "") => {
      authorize(caller, operation);
      readAt ??= clock();
      const now = readAt;
      const command = parser.parse(operation, input, at, now);
      const isContinued = lane !== undefined;
      if (!isContinued) lanes[operation.kind].requireRoom();
      spend(caller, operation.events?.(command) ?? (operation.kind === "write" ? 1 : 0));
      // What is read to answer a write belongs to it, and does not wait for the reads of others.
      if (lane !== lanes.write) lane = lanes[operation.kind];
      const turn = lane;
      const isGathered = turn === lanes.write;
      const performed = withinDeadline(endsAtMs - performance.now(), (deadline) => {
        const alone = () =>
          store[operation.isOfOneMoment ? "snapshot" : operation.kind](async (db) => {
            deadline.throwIfAborted();
            const result = await operation.run({ db, now, limits, prices, deadline }, command, parser);
            deadline.throwIfAborted();
            return result;
          });
        return own.run(deadline, async () => {
          const gathered = isGathered ? operation.gather?.(gatherWithin(deadline), command, now) : undefined;
          const inTurn = () => turn.run(deadline, alone, isContinued);
          if (operation.isAnalysis) return lanes.analysis.run(deadline, inTurn);
          if (gathered === undefined) return inTurn();
          return (await gathered) ?? turn.run(deadline, alone, true);
        });
      });
      return performed.catch((error) => {
        throw placed(error, at);
      });
    };
  };
}

/** A way to have writes done along with those of other requests: each kind of work has a gathering of its own. */
function gatherer({ store, clock, limits, prices, lanes }: PerformerParts) {
  const gatherings = new Map<unknown, unknown>();
  function gatheringOf<Item, Result>(joint: Joint<Item, Result>): Gathering<Item, Result> {
    const gathering =
      gatherings.get(joint) ??
      new Gathering<Item, Result>(lanes.write, (items) =>
        store[joint.kind]((db) => joint.run({ db, now: clock(), limits, prices, deadline: never }, items)),
      );
    gatherings.set(joint, gathering);
    return gathering as Gathering<Item, Result>; // kept by the joint it was made for
  }
  return (deadline: AbortSignal): Gather =>
    (joint, item) =>
      gatheringOf(joint).add(deadline, item);
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
