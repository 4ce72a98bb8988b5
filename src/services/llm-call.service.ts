import type { LoggedLlmCall, NewLlmCall, PricedLlmCall } from "../domain/llm-call.js";
import { agrees, type Stored } from "../domain/repetition.js";
import * as attribution from "../store/attribution.repository.js";
import { ensureDurable } from "../store/durability.js";
import * as calls from "../store/llm-call.repository.js";
import type { CallSource, Outcome } from "../vocabulary.js";
import { holdExecutionsOf } from "./hold.service.js";
import type { UnitOfWork } from "./unit-of-work.js";

/**
 * Records LLM calls, with what their tokens cost, and attributes them: to the execution they claim, else to the one
 * their session is bound to. A call whose execution or binding does not exist yet is kept and attributed when that
 * arrives. Answers one outcome per call, in their order.
 */
export async function recordLlmCalls(
  work: UnitOfWork,
  source: CallSource,
  reports: readonly NewLlmCall[],
): Promise<readonly Outcome[]> {
  await holdExecutionsOf(work, reports);
  const inserted = await insertCalls(work, source, reports);
  const others = reports
    .filter(({ sourceKey }) => !inserted.has(sourceKey))
    .map(({ sourceKey }) => sourceKey);
  if (inserted.size === 0) await ensureDurable(work.db);
  const stored = new Map<string, Stored<NewLlmCall> | NewLlmCall>();
  for (const call of await calls.bySourceKeys(work.db, others)) stored.set(call.sourceKey, call);
  return reports.map((report) => {
    const first = stored.get(report.sourceKey);
    if (first === undefined) {
      stored.set(report.sourceKey, report);
      return "RECORDED";
    }
    return agrees(report, first) ? "DUPLICATE" : "CONFLICT_IGNORED";
  });
}

/** Copies rows of the external log: those that are new, and what changed in those that were copied before. */
export async function copyLoggedCalls(work: UnitOfWork, rows: readonly LoggedLlmCall[]): Promise<void> {
  const before = await calls.bySourceKeys(
    work.db,
    rows.map(({ sourceKey }) => sourceKey),
  );
  await holdExecutionsOf(work, [...before, ...rows]);
  const inserted = await insertCalls(work, "llm_log", rows);
  const changed = rows.filter(({ sourceKey }) => !inserted.has(sourceKey));
  const touched = await calls.replace(work.db, "llm_log", priced(work, changed), work.now);
  await attribution.refreshSums(work.db, touched);
}

/** Inserts those calls whose source key is new, into runs that are held; answers their keys. */
async function insertCalls(
  work: UnitOfWork,
  source: CallSource,
  reports: readonly (NewLlmCall | LoggedLlmCall)[],
): Promise<ReadonlySet<string>> {
  const inserted = await calls.insert(work.db, source, priced(work, firstByKey(reports)), work.now);
  await attribution.addToSums(work.db, [...inserted]);
  return inserted;
}

function priced<Call extends NewLlmCall>(
  { prices }: UnitOfWork,
  reports: readonly Call[],
): (Call & PricedLlmCall)[] {
  return reports.map((report) => ({ ...report, ...prices.costOf(report) }));
}

function firstByKey<Call extends NewLlmCall>(reports: readonly Call[]): readonly Call[] {
  const first = new Map<string, Call>();
  for (const report of reports) if (!first.has(report.sourceKey)) first.set(report.sourceKey, report);
  return [...first.values()];
}
