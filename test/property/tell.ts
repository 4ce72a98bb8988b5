import type { FinalStatus } from "../../src/vocabulary.js";
import { recordEvents } from "../client/documents.js";
import type { EventInput, PhaseName as PhaseWord, PhaseResult as ResultWord } from "../client/gql/graphql.js";
import type { TestServer } from "../support/server.js";
import { usdOf } from "../support/usd.js";
import type { CallFact, Facts, PhaseFact, RunFact } from "./facts.js";

const timeOf = (instant: number) => new Date(instant).toISOString();
const wordOf = <Word extends string>(word: string) => word.toUpperCase() as Word;

function phaseEvent(executionId: string, { sequence, ...phase }: PhaseFact): EventInput {
  return {
    recordPhase: {
      ...phase,
      executionId,
      name: wordOf<PhaseWord>(phase.name),
      startedAt: timeOf(phase.startedAt),
      completedAt: phase.completedAt === null ? null : timeOf(phase.completedAt),
      result: phase.result === null ? null : wordOf<ResultWord>(phase.result),
    },
  };
}

function metricsOf({ reportedCost, reportedRework, reportedWritten }: RunFact) {
  return {
    llmCostUsd: reportedCost === null ? null : usdOf(reportedCost),
    reworkCycles: reportedRework,
    testMetrics: reportedWritten === null ? null : { written: reportedWritten },
  };
}

function runEvents(run: RunFact): readonly EventInput[] {
  const { id, wsId, status, completedAt, model } = run;
  const start = { id, wsId, executor: "claude_code", startedAt: timeOf(run.startedAt), llmModel: model };
  const metrics = metricsOf(run);
  const end: EventInput =
    completedAt === null
      ? { updateExecution: { id, status, ...metrics } }
      : {
          completeExecution: {
            ...{ id, completedAt: timeOf(completedAt), ...metrics },
            status: status as FinalStatus, // only a final status has an end
          },
        };
  return [{ startExecution: start }, ...run.phases.map((phase) => phaseEvent(id, phase)), end];
}

const callEvent = ({ key, cost, phase, startedAt, ...call }: CallFact): EventInput => ({
  recordLlmCall: {
    ...call,
    sourceKey: key,
    costUsd: cost === null ? null : usdOf(cost),
    phase: phase === null ? null : wordOf<PhaseWord>(phase),
    startedAt: timeOf(startedAt),
  },
});

const bugFixEvent = (executionId: string, autonomous: boolean): EventInput => ({
  recordBugFix: {
    ...{ executionId, autonomous, description: "It broke", rootCause: "An off-by-one" },
    ...{ testName: "it holds", fixSummary: "Count" },
  },
});

async function send(server: TestServer, events: readonly EventInput[]): Promise<void> {
  const { body } = await server.graphql(recordEvents, { events: [...events] });
  const refused = body.errors ?? body.data.recordEvents.filter(({ error }) => error !== null);
  if (refused.length > 0) throw new Error(`The server refused a fact: ${JSON.stringify(refused)}`);
}

/** Empties the server and tells it the facts; half of the calls come before the runs they belong to. */
export async function tell(server: TestServer, { runs, calls }: Facts): Promise<void> {
  await server.reset();
  const early = calls.filter((_, index) => index % 2 === 0);
  const late = calls.filter((_, index) => index % 2 === 1);
  await send(server, [...early.map(callEvent), ...runs.flatMap(runEvents), ...late.map(callEvent)]);
  const bugFixes = runs.flatMap(({ id, bugFixes }) => bugFixes.map((bugFix) => ({ id, ...bugFix })));
  for (const { id, createdAt, autonomous } of bugFixes) {
    server.clock.set(timeOf(createdAt));
    await send(server, [bugFixEvent(id, autonomous)]);
  }
}
