import { z } from "zod";
import type { EventResult } from "../domain/batch.js";
import { badUserInput } from "../errors.js";
import { holdExecutions } from "../services/hold.service.js";
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
  recordLlmCall: reader(
    recordLlmCall,
    ({ executionId, executorSessionId }) => ({ executionId, sessionId: executorSessionId }),
    (_, { executionId }) => executionId,
  ),
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
    const results: EventResult[] = [];
    for (const [index, item] of items.entries()) {
      work.deadline.throwIfAborted();
      const { value, error } = await applied(work, item);
      results.push({
        index,
        outcome: value?.outcome ?? null,
        executionId: value?.executionId ?? null,
        error,
      });
    }
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

async function applied(work: UnitOfWork, item: BatchItem<ReadEvent>): Promise<BatchItem<Done>> {
  if (item.error !== null) return item;
  try {
    return accepted(await inSavepoint(work, (inner) => item.value.apply(inner)));
  } catch (error) {
    return refused(placed(error, item.value.at));
  }
}
