import { z } from "zod";
import type { EventResult } from "../domain/batch.js";
import type { NewLlmCall } from "../domain/llm-call.js";
import { badUserInput, MetricsError } from "../errors.js";
import { holdExecutions } from "../services/hold.service.js";
import { recordLlmCalls } from "../services/llm-call.service.js";
import { showPhases } from "../services/phase.service.js";
import { inSavepoint, type UnitOfWork } from "../services/unit-of-work.js";
import type { Outcome } from "../vocabulary.js";
import { accepted, type BatchItem, itemOf, refused } from "./batch-item.js";
import { recordBugFix } from "./bug-fix.operations.js";
import { completeExecution, startExecution, updateExecution } from "./execution.operations.js";
import { record } from "./fields.schema.js";
import { placed } from "./input-error.js";
import { recordLlmCall } from "./llm-call.operations.js";
import { type Operation, operation, type Parser } from "./operation.js";
import { ofItems } from "./outcomes.js";
import { storePhase } from "./phase.operations.js";
import { reporters } from "./roles.js";

type Done = Pick<EventResult, "outcome" | "executionId">;

interface Named {
  readonly executionId: string | undefined;
  readonly sessionId?: string | undefined;
}

/** An event that is understood and can be applied. */
interface ReadEvent {
  /** The run and the session it names, which it must not wait for once others of the batch are held. */
  readonly names: Named;
  /** Where it stands in the request. */
  readonly at: string;
  /** The call it tells of, if it does: neighbours that do are stored together. */
  readonly call?: NewLlmCall;
  apply(work: UnitOfWork): Promise<Done>;
}

type Reader = (parser: Parser, input: unknown, at: string, now: Date) => ReadEvent;

/** How an operation is read as an event: what names its run, before and after it was applied. */
function reader<Command, Result extends { readonly outcome: Outcome | null }>(
  of: Operation<Command, Result>,
  names: (command: Command) => Named,
  runOf: (result: Result, command: Command) => string | undefined,
): Reader {
  return (parser, input, at, now) => {
    const command = parser.parse(of, input, at, now);
    return {
      names: names(command),
      at,
      apply: async (work) => {
        const result = await of.run(work, command, parser);
        return { outcome: result.outcome, executionId: runOf(result, command) ?? null };
      },
    };
  };
}

async function storeCalls(work: UnitOfWork, calls: readonly NewLlmCall[]): Promise<readonly Done[]> {
  const outcomes = await recordLlmCalls(work, "api", calls);
  return calls.map(({ executionId }, index) => ({
    outcome: outcomes[index] ?? null,
    executionId: executionId ?? null,
  }));
}

const readCall: Reader = (parser, input, at, now) => {
  const call = parser.parse(recordLlmCall, input, at, now);
  return {
    names: { executionId: call.executionId, sessionId: call.executorSessionId },
    at,
    call,
    apply: async (work) => {
      const [done] = await storeCalls(work, [call]);
      if (done === undefined) throw new Error("a call that is stored has an outcome");
      return done;
    },
  };
};

const kinds = {
  startExecution: reader(
    startExecution,
    ({ id, executorSessionId }) => ({ executionId: id, sessionId: executorSessionId }),
    ({ execution }) => execution.id,
  ),
  updateExecution: reader(
    updateExecution,
    ({ id }) => ({ executionId: id }),
    ({ execution }) => execution.id,
  ),
  recordPhase: reader(
    storePhase,
    ({ executionId }) => ({ executionId }),
    ({ executionId }) => executionId,
  ),
  completeExecution: reader(
    completeExecution,
    ({ id }) => ({ executionId: id }),
    ({ execution }) => execution.id,
  ),
  recordBugFix: reader(
    recordBugFix,
    ({ executionId }) => ({ executionId }),
    ({ bugFix }) => bugFix.executionId,
  ),
  recordLlmCall: readCall,
} as const satisfies Readonly<Record<string, Reader>>;

/** What an event can be: the operations that a batch knows. */
export type EventKind = keyof typeof kinds;

const isKind = (name: string): name is EventKind => Object.hasOwn(kinds, name);

function readEvent(
  parser: Parser,
  event: Readonly<Record<string, unknown>>,
  at: string,
  now: Date,
): ReadEvent {
  const named = Object.entries(event).filter(([, value]) => value !== null && value !== undefined);
  const [[kind, input] = ["", undefined]] = named;
  if (named.length === 1 && isKind(kind)) return kinds[kind](parser, input, `${at}.${kind}`, now);
  throw badUserInput([{ path: at, message: `must have exactly one of ${Object.keys(kinds).join(", ")}` }]);
}

/** Applies events in their order, each on its own: one that is refused spoils no other. */
export const recordEvents = operation({
  name: "recordEvents",
  kind: "write",
  roles: reporters,
  schema: (fields) => record({ events: fields.batch(z.looseObject({})) }),
  events: ({ events }) => events.length,
  outcomes: ofItems,
  run: async (work, { events }, parser): Promise<readonly EventResult[]> => {
    const items = events.map((event, index) =>
      itemOf(() => readEvent(parser, event, `events.${index}`, work.now)),
    );
    const named = items.flatMap(({ value }) => value?.names ?? []);
    await holdExecutions(
      work,
      named.flatMap(({ executionId }) => executionId ?? []),
      named.flatMap(({ sessionId }) => sessionId ?? []),
    );
    const done: BatchItem<Done>[] = [];
    for (const stretch of stretchesOf(items)) {
      work.deadline.throwIfAborted();
      done.push(...(await appliedTogether(work, stretch)));
    }
    const results = done.map(({ value, error }, index) => ({
      index,
      outcome: value?.outcome ?? null,
      executionId: value?.executionId ?? null,
      error,
    }));
    const phases = results.filter(({ index, outcome }) => outcome === "RECORDED" && isPhase(events[index]));
    await showPhases(
      work,
      phases.flatMap(({ executionId }) => executionId ?? []),
    );
    return results;
  },
});

const isPhase = (event: Readonly<Record<string, unknown>> | undefined) =>
  event?.recordPhase !== undefined && event.recordPhase !== null;

/** Cuts a batch into neighbours that are applied together; what is applied by itself is one of one. */
function stretchesOf(items: readonly BatchItem<ReadEvent>[]): readonly (readonly BatchItem<ReadEvent>[])[] {
  const stretches: BatchItem<ReadEvent>[][] = [];
  let isOpen = false;
  for (const item of items) {
    const isCall = item.value?.call !== undefined;
    if (isCall && isOpen) stretches.at(-1)?.push(item);
    else stretches.push([item]);
    isOpen = isCall;
  }
  return stretches;
}

/** Stores neighbouring calls by one statement; when that fails, each by itself, so that the one to blame is found. */
async function appliedTogether(
  work: UnitOfWork,
  stretch: readonly BatchItem<ReadEvent>[],
): Promise<readonly BatchItem<Done>[]> {
  if (stretch.length > 1) {
    const calls = stretch.flatMap(({ value }) => value?.call ?? []);
    try {
      return (await inSavepoint(work, (inner) => storeCalls(inner, calls))).map(accepted);
    } catch (error) {
      if (error instanceof MetricsError && error.code === "UNAVAILABLE") throw error;
    }
  }
  const done: BatchItem<Done>[] = [];
  for (const item of stretch) done.push(await applied(work, item));
  return done;
}

async function applied(work: UnitOfWork, item: BatchItem<ReadEvent>): Promise<BatchItem<Done>> {
  if (item.error !== null) return item;
  try {
    return accepted(await inSavepoint(work, (inner) => item.value.apply(inner)));
  } catch (error) {
    return refused(placed(error, item.value.at));
  }
}
