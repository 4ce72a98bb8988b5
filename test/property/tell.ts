import { type LlmLog, type LogColumns, logFields } from "../../src/domain/llm-log.js";
import type { PriceBook } from "../../src/domain/price.js";
import { openPriceBook } from "../../src/pricing/price-book.js";
import type { CallSource, FinalStatus } from "../../src/vocabulary.js";
import { recordEvents } from "../client/documents.js";
import type { EventInput, PhaseName as PhaseWord, PhaseResult as ResultWord } from "../client/gql/graphql.js";
import { copierOf } from "../llm-log/log.js";
import { exportTo } from "../otlp/exporter.js";
import { logsOf, nanoseconds, record } from "../otlp/requests.js";
import { onlyPricesOf } from "../support/prices.js";
import { startTestServer, type TestServer } from "../support/server.js";
import { usdOf } from "../support/usd.js";
import { models } from "./cost.model.js";
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

function metricsOf({ reportedCost, reportedRework, reportedWritten, inputTokens, outputTokens }: RunFact) {
  return {
    llmTokensIn: inputTokens,
    llmTokensOut: outputTokens,
    llmCostUsd: reportedCost === null ? null : usdOf(reportedCost),
    reworkCycles: reportedRework,
    testMetrics: reportedWritten === null ? null : { written: reportedWritten },
  };
}

const startOf = ({ id, wsId }: RunFact) => ({ id, wsId, executor: "claude_code" });

/** Everything about a run but when it started, and when it ended. */
const workEvents = (run: RunFact): readonly EventInput[] => [
  ...run.sessions.map((executorSessionId) => ({ startExecution: { ...startOf(run), executorSessionId } })),
  ...run.phases.map((phase) => phaseEvent(run.id, phase)),
  { updateExecution: { id: run.id, llmModel: run.model } },
  { updateExecution: { id: run.id, ...metricsOf(run) } },
];

const startEvent = (run: RunFact): EventInput => ({
  startExecution: { ...startOf(run), startedAt: timeOf(run.startedAt) },
});

function endEvent({ id, status, completedAt }: RunFact): EventInput {
  if (completedAt === null) return { updateExecution: { id, status } };
  return {
    completeExecution: {
      ...{ id, completedAt: timeOf(completedAt) },
      status: status as FinalStatus, // only a final status has an end
    },
  };
}

/** Some runs are told when they started only after their sessions. */
function runEvents(run: RunFact, index: number): readonly EventInput[] {
  if (index % 2 === 0) return [startEvent(run), ...workEvents(run), endEvent(run)];
  return [{ startExecution: startOf(run) }, ...workEvents(run), startEvent(run), endEvent(run)];
}

const callEvent = ({ key, cost, phase, startedAt, session, ...call }: CallFact): EventInput => ({
  recordLlmCall: {
    ...{ executionId: call.executionId, documentType: call.documentType, model: call.model },
    ...{ inputTokens: call.inputTokens, outputTokens: call.outputTokens },
    sourceKey: key,
    executorSessionId: session,
    costUsd: cost === null ? null : usdOf(cost),
    phase: phase === null ? null : wordOf<PhaseWord>(phase),
    startedAt: timeOf(startedAt),
  },
});

const saidOf = (value: string | number | null) => value ?? undefined;

/** A call as Claude Code exports it. */
const callRecord = ({ key, cost, startedAt, ...call }: CallFact) =>
  record(
    {
      ...{ "event.name": "api_request", request_id: key.replace("claude_code:", ""), model: call.model },
      ws_execution_id: saidOf(call.executionId),
      "session.id": saidOf(call.session),
      input_tokens: saidOf(call.inputTokens),
      output_tokens: saidOf(call.outputTokens),
      cost_usd_micros: cost === null ? undefined : Number(cost),
    },
    { timeUnixNano: nanoseconds(timeOf(startedAt)) },
  );

const claudeCode = { resource: { "service.name": "claude-code" } };

/** A log with a column for everything. */
const log: LlmLog = {
  ...{ schema: "public", table: "told_calls" },
  columns: Object.fromEntries(logFields.map((field) => [field, field])) as LogColumns, // of all fields
};
const logTable = `create table ${log.table} (
  id uuid, execution_id text, session text, phase text, document_type text, provider text, model text,
  started_at timestamptz, input_tokens int, cache_read_tokens int, cache_write_5m_tokens int,
  cache_write_1h_tokens int, output_tokens int, cost_usd numeric)`;

const logRow = ({ key, cost, startedAt, ...call }: CallFact) => ({
  ...{ id: key, execution_id: call.executionId, session: call.session, phase: call.phase, model: call.model },
  ...{
    document_type: call.documentType,
    started_at: timeOf(startedAt),
    cost_usd: cost === null ? null : usdOf(cost),
  },
  ...{ input_tokens: call.inputTokens, output_tokens: call.outputTokens },
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

async function exportCalls(server: TestServer, calls: readonly CallFact[]): Promise<void> {
  if (calls.length === 0) return;
  const { status, body } = await exportTo(server, "logs", logsOf(claudeCode, ...calls.map(callRecord)));
  if (status !== 200 || body.partialSuccess) throw new Error(`Refused: ${JSON.stringify(body)}`);
}

/** Fills the log anew and has it copied, once: what is old then is not looked at again. */
async function logCalls(server: TestServer, prices: PriceBook, calls: readonly CallFact[]): Promise<void> {
  await server.sql(`truncate ${log.table}`);
  if (calls.length === 0) return;
  await server.sql(
    `insert into ${log.table} select * from json_populate_recordset(null::${log.table}, $1::text::json)`,
    [JSON.stringify(calls.map(logRow))],
  );
  await copierOf(server, { log, prices }).copy();
}

const toldBy = (source: CallSource, calls: readonly CallFact[]) =>
  calls.filter((call) => call.source === source);

/** The call as somebody else tells it, who is not listened to. */
const retold = (call: CallFact): CallFact => ({ ...call, model: "retold", cost: 1n, session: "retold" });
const retoldBy = (source: CallSource, calls: readonly CallFact[]) =>
  calls.filter((call) => call.retoldBy === source).map(retold);

/** Empties the server and tells it the facts; half of the calls come before the runs they belong to. */
async function tell(server: TestServer, prices: PriceBook, { runs, calls }: Facts): Promise<void> {
  await server.reset();
  const early = calls.filter((_, index) => index % 2 === 0);
  const late = calls.filter((_, index) => index % 2 === 1);
  const logged = [...toldBy("llm_log", calls), ...retoldBy("llm_log", calls)];
  const isLogEarly = retoldBy("llm_log", calls).length === 0;
  if (isLogEarly) await logCalls(server, prices, logged);
  await exportCalls(server, toldBy("otlp", early));
  await send(server, [
    ...toldBy("api", early).map(callEvent),
    ...runs.flatMap(runEvents),
    ...toldBy("api", late).map(callEvent),
  ]);
  await exportCalls(server, toldBy("otlp", late));
  if (!isLogEarly) await logCalls(server, prices, logged);
  await exportCalls(server, retoldBy("otlp", calls));
  await send(server, retoldBy("api", calls).map(callEvent));
  const bugFixes = runs.flatMap(({ id, bugFixes }) => bugFixes.map((bugFix) => ({ id, ...bugFix })));
  for (const { id, createdAt, autonomous } of bugFixes) {
    server.clock.set(timeOf(createdAt));
    await send(server, [bugFixEvent(id, autonomous)]);
  }
}

/** What is told of a run, or of a call. */
type Told = { readonly run: RunFact; readonly event: EventInput } | { readonly call: CallFact };

/** Everything that facts have to tell without a log, in no particular order. */
export const everything = ({ runs, calls }: Facts): readonly Told[] => [
  ...runs.flatMap((run) =>
    [...workEvents(run), startEvent(run), endEvent(run)].map((event) => ({ run, event })),
  ),
  ...calls.filter(({ source }) => source !== "llm_log").map((call) => ({ call })),
];

/**
 * Empties the server and tells it everything in this order, except that what is told of a run before its start waits
 * for one that is years too early.
 */
async function tellInOrder(server: TestServer, order: readonly Told[]): Promise<void> {
  await server.reset();
  const started = new Set<string>();
  let batch: EventInput[] = [];
  const flush = async () => {
    await send(server, batch);
    batch = [];
  };
  for (const told of order) {
    if ("call" in told && told.call.source === "otlp") {
      await flush();
      await exportCalls(server, [told.call]);
      continue;
    }
    if ("run" in told && !started.has(told.run.id)) {
      batch.push({ startExecution: { ...startOf(told.run), startedAt: "2000-01-01T00:00:00.000Z" } });
      started.add(told.run.id);
    }
    batch.push("run" in told ? told.event : callEvent(told.call));
    if (batch.length > 6) await flush();
  }
  await flush();
}

/** A server that knows the prices of the model, and can be told facts through every door. */
export interface ToldServer extends TestServer {
  tell(facts: Facts): Promise<void>;
  tellInOrder(order: readonly Told[]): Promise<void>;
}

/** Starts a server for the tests of a file; each telling begins with it empty. */
export async function startToldServer(): Promise<ToldServer> {
  const env = await onlyPricesOf(models);
  const prices = await openPriceBook({ priceSource: "none", pricingFile: env.PRICING_FILE });
  const server = await startTestServer({
    env,
    prepare: async ({ sql }) => {
      await sql(logTable);
    },
  });
  return {
    ...server,
    tell: (facts) => tell(server, prices, facts),
    tellInOrder: (order) => tellInOrder(server, order),
  };
}
