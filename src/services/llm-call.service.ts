import type { LlmCallReport } from "../domain/llm-call.js";
import { namesOnly } from "../domain/repetition.js";
import * as executions from "../store/execution.repository.js";
import * as calls from "../store/llm-call.repository.js";
import type { CallSource, Outcome } from "../vocabulary.js";
import type { Scope } from "./scope.js";

/**
 * Records LLM calls and attributes them to the executions they claim; a call whose execution does not exist yet
 * is kept and attributed when it starts. Answers one outcome per call, in their order.
 */
export async function recordLlmCalls(
  scope: Scope,
  source: CallSource,
  reports: readonly LlmCallReport[],
): Promise<readonly Outcome[]> {
  const { db, now } = scope;
  const attributed = await holdRuns(
    scope,
    reports.flatMap(({ executionId }) => executionId ?? []),
  );
  const inserted = new Set(await calls.insert(db, source, firstByKey(reports), attributed, now));
  await calls.addToSums(db, [...inserted]);
  const others = reports
    .filter(({ sourceKey }) => !inserted.has(sourceKey))
    .map(({ sourceKey }) => sourceKey);
  const stored = new Map<string, LlmCallReport>();
  for (const call of await calls.bySourceKeys(db, others)) stored.set(call.sourceKey, call);
  return reports.map((report) => {
    const first = stored.get(report.sourceKey);
    if (first === undefined) {
      stored.set(report.sourceKey, report);
      return "RECORDED";
    }
    return namesOnly(report, first) ? "DUPLICATE" : "CONFLICT_IGNORED";
  });
}

/**
 * Holds the named runs, and the ids of those that do not exist yet, until the transaction ends. Nobody waits for
 * a run while holding ids, so that two transactions cannot wait for each other: a run that was made meanwhile, and
 * is held by somebody else already, is left to the next attempt.
 * @returns the ids of the runs that exist
 */
export async function holdRuns({ db }: Scope, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(ids)];
  const known = new Set(await executions.lockAll(db, wanted));
  const unknown = wanted.filter((id) => !known.has(id));
  if (unknown.length === 0) return known;
  await calls.holdClaims(db, unknown);
  return new Set([...known, ...(await executions.lockAll(db, unknown, { patient: false }))]);
}

function firstByKey(reports: readonly LlmCallReport[]): readonly LlmCallReport[] {
  const first = new Map<string, LlmCallReport>();
  for (const report of reports) if (!first.has(report.sourceKey)) first.set(report.sourceKey, report);
  return [...first.values()];
}
