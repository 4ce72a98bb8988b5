import type { LogRecord } from "../signals.js";
import { callOfGenAi, hasUsage } from "./gen-ai.js";
import { isEvent, startOf, type ToldCall, timeOf } from "./mapper.js";

/** A log record of the OpenTelemetry GenAI conventions: the event that an inference ends with. */
export function callOfGenAiLog(record: LogRecord): ToldCall | undefined {
  const isInference = isEvent(record, "gen_ai.client.inference.operation.details");
  if (!isInference || !hasUsage(record.attributes)) return undefined;
  return callOfGenAi(record, startOf(timeOf(record)));
}
