import type { NewLlmCall } from "../domain/llm-call.js";
import { agrees, type Stored } from "../domain/repetition.js";
import * as calls from "../store/llm-call.repository.js";
import type { CallSource, Outcome } from "../vocabulary.js";
import { holdExecutions } from "./execution.service.js";
import type { UnitOfWork } from "./unit-of-work.js";

/**
 * Records LLM calls and attributes them to the executions they claim; a call whose execution does not exist yet
 * is kept and attributed when it starts. Answers one outcome per call, in their order.
 */
export async function recordLlmCalls(
  work: UnitOfWork,
  source: CallSource,
  reports: readonly NewLlmCall[],
): Promise<readonly Outcome[]> {
  const { db, now } = work;
  const attributed = await holdExecutions(
    work,
    reports.flatMap(({ executionId }) => executionId ?? []),
  );
  const inserted = new Set(await calls.insert(db, source, firstByKey(reports), attributed, now));
  await calls.addToSums(db, [...inserted]);
  const others = reports
    .filter(({ sourceKey }) => !inserted.has(sourceKey))
    .map(({ sourceKey }) => sourceKey);
  const stored = new Map<string, Stored<NewLlmCall> | NewLlmCall>();
  for (const call of await calls.bySourceKeys(db, others)) stored.set(call.sourceKey, call);
  return reports.map((report) => {
    const first = stored.get(report.sourceKey);
    if (first === undefined) {
      stored.set(report.sourceKey, report);
      return "RECORDED";
    }
    return agrees(report, first) ? "DUPLICATE" : "CONFLICT_IGNORED";
  });
}

function firstByKey(reports: readonly NewLlmCall[]): readonly NewLlmCall[] {
  const first = new Map<string, NewLlmCall>();
  for (const report of reports) if (!first.has(report.sourceKey)) first.set(report.sourceKey, report);
  return [...first.values()];
}
