import { recordTelemetry } from "../operations/llm-call.operations.js";
import { claimOf } from "./correlation.js";
import type { Encoding } from "./encoding.js";
import { claudeCode } from "./mappers/claude-code.mapper.js";
import { codex } from "./mappers/codex.mapper.js";
import { geminiCli } from "./mappers/gemini-cli.mapper.js";
import { callOfGenAiLog } from "./mappers/gen-ai-log.mapper.js";
import { callOfGenAiSpan } from "./mappers/gen-ai-span.mapper.js";
import type { ExecutorMapper, ToldCall } from "./mappers/mapper.js";
import type { FoundCall } from "./record-calls.js";
import type { Origin, Sent, Signal } from "./signal.js";
import { type LogRecord, logs, metrics, type Span, traces } from "./signals.js";

/** One path that telemetry is sent to. */
export interface OtlpRoute {
  readonly method: "POST";
  readonly path: string;
  /** Records what is found there; its roles are those of the route. */
  readonly operation: typeof recordTelemetry;
  /** What JSON calls the count of what was not taken. */
  readonly rejectedName: string;
  /** @throws MetricsError `BAD_USER_INPUT` when the body is not what belongs there */
  findCalls(encoding: Encoding, body: unknown): readonly FoundCall[];
}

/** Executors whose log records have a mapper of their own. */
const executors: readonly ExecutorMapper[] = [claudeCode, codex, geminiCli];

const executorOf = (origin: Origin) => executors.find((executor) => executor.owns(origin));

function callOfLog(record: LogRecord): ToldCall | undefined {
  const executor = executorOf(record.origin);
  return executor === undefined ? callOfGenAiLog(record) : executor.callOf(record);
}

/** The calls of an executor are counted by its log records, so its spans would count them twice. */
function callOfSpan(span: Span): ToldCall | undefined {
  return executorOf(span.origin) === undefined ? callOfGenAiSpan(span) : undefined;
}

function route<Item>(
  signal: Signal<Item>,
  rejectedName: string,
  callOf: (sent: Sent<Item>) => ToldCall | undefined,
): OtlpRoute {
  return {
    method: "POST",
    path: signal.path,
    operation: recordTelemetry,
    rejectedName,
    findCalls: (encoding, body) => {
      const found: FoundCall[] = [];
      for (const sent of encoding.read(signal, body)) {
        const call = callOf(sent);
        if (call === undefined) continue;
        const { executionId, hasBadId } = claimOf(sent);
        found.push({ path: sent.path, call: { ...call, executionId }, hasBadId });
      }
      return found;
    },
  };
}

/** Every path of the OTLP door. Metrics are taken and not used: the records of the same calls say more. */
export const otlpRoutes: readonly OtlpRoute[] = [
  route(logs, "rejectedLogRecords", callOfLog),
  route(traces, "rejectedSpans", callOfSpan),
  route(metrics, "rejectedDataPoints", () => undefined),
];
