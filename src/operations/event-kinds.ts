import type { NewLlmCall } from "../domain/llm-call.js";
import { badUserInput } from "../errors.js";
import { unknownExecution } from "../services/hold.service.js";
import { recordLlmCalls } from "../services/llm-call.service.js";
import { type PhaseReport, storePhaseReports } from "../services/phase.service.js";
import type { UnitOfWork } from "../services/unit-of-work.js";
import type { Outcome } from "../vocabulary.js";
import { recordBugFix } from "./bug-fix.operations.js";
import { completeExecution, startExecution, updateExecution } from "./execution.operations.js";
import { recordLlmCall } from "./llm-call.operations.js";
import type { Operation, Parser } from "./operation.js";
import { recordPhase } from "./phase.operations.js";

/** What became of an event. */
export interface Done {
  readonly outcome: Outcome | null;
  readonly executionId: string | null;
}

/** What an event must not wait for once others of its batch are held. */
interface Named {
  /** The run, which is the only thing that the event may change or need. */
  readonly run?: string | undefined;
  /** The run that the event starts, ends, or claims. */
  readonly executionId?: string | undefined;
  readonly sessionId?: string | undefined;
}

/**
 * Applies neighbours of one kind by one piece of work; undefined for one that is refused, and tells why when it is
 * applied by itself.
 */
type ApplyTogether<Item> = (
  work: UnitOfWork,
  items: readonly Item[],
) => Promise<readonly (Done | undefined)[]>;

/** An event that is understood and can be applied. */
export interface ReadEvent {
  readonly names: Named;
  /** Where it stands in the request. */
  readonly at: string;
  /** How it is applied together with neighbours of its kind, if it can be, and as what. */
  readonly together?: { readonly apply: ApplyTogether<never>; readonly item: never };
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

/** An event of a kind whose neighbours are applied together. */
function neighbour<Item>(
  item: Item,
  names: Named,
  at: string,
  apply: ApplyTogether<Item>,
  refusal: () => Error,
): ReadEvent {
  return {
    names,
    at,
    together: { apply, item: item as never }, // `stretchesOf` puts only items of the same `apply` together
    apply: async (work) => {
      const [done] = await apply(work, [item]);
      if (done === undefined) throw refusal();
      return done;
    },
  };
}

/** What the phases show is written at the end of the batch. */
async function storePhases(work: UnitOfWork, reports: readonly PhaseReport[]) {
  const stored = await storePhaseReports(work, reports);
  return reports.map(({ executionId }, index) => {
    const [phase] = stored[index] ?? [];
    return phase && { outcome: phase.outcome, executionId };
  });
}

async function storeCalls(work: UnitOfWork, calls: readonly NewLlmCall[]) {
  const outcomes = await recordLlmCalls(work, "api", calls);
  return calls.map(({ executionId = null }, index) => ({ outcome: outcomes[index] ?? null, executionId }));
}

const readPhase: Reader = (parser, input, at, now) => {
  const { executionId, ...event } = parser.parse(recordPhase, input, at, now);
  const report: PhaseReport = { executionId, events: [event], now };
  return neighbour(report, { run: executionId }, at, storePhases, () => unknownExecution(executionId));
};

const readCall: Reader = (parser, input, at, now) => {
  const call = parser.parse(recordLlmCall, input, at, now);
  const names = { executionId: call.executionId, sessionId: call.executorSessionId };
  return neighbour(call, names, at, storeCalls, () => new Error("a call that is stored has an outcome"));
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
  recordPhase: readPhase,
  completeExecution: reader(
    completeExecution,
    ({ id }) => ({ executionId: id }),
    ({ execution }) => execution.id,
  ),
  recordBugFix: reader(
    recordBugFix,
    ({ executionId }) => ({ run: executionId }),
    ({ bugFix }) => bugFix.executionId,
  ),
  recordLlmCall: readCall,
} as const satisfies Readonly<Record<string, Reader>>;

/** What an event can be: the operations that a batch knows. */
export type EventKind = keyof typeof kinds;

const isKind = (name: string): name is EventKind => Object.hasOwn(kinds, name);

/**
 * What an item of a batch means.
 * @param at where it stands in the request
 * @throws MetricsError `BAD_USER_INPUT`
 */
export function readEvent(
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
