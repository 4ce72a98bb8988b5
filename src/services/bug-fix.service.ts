import type { BugFix, NewBugFix } from "../domain/bug-fix.js";
import { agrees } from "../domain/repetition.js";
import * as bugFixes from "../store/bug-fix.repository.js";
import type { Outcome } from "../vocabulary.js";
import { requireExecution } from "./hold.service.js";
import type { UnitOfWork } from "./unit-of-work.js";

export interface BugFixWrite {
  readonly outcome: Outcome;
  readonly bugFix: BugFix;
}

/**
 * Links a bug fix to a run.
 * @throws MetricsError `NOT_FOUND` when there is no such run
 */
export async function recordBugFix(work: UnitOfWork, report: NewBugFix): Promise<BugFixWrite> {
  await requireExecution(work, report.executionId);
  const inserted = await bugFixes.insert(work.db, report, work.now);
  if (inserted !== undefined) return { outcome: "RECORDED", bugFix: inserted };
  const stored = await bugFixes.byId(work.db, report.id);
  if (stored === undefined) throw new Error(`bug fix ${report.id} is taken and cannot be read`);
  return { outcome: agrees(report, stored) ? "DUPLICATE" : "CONFLICT_IGNORED", bugFix: stored };
}

/** The bug fixes of several runs, oldest first. */
export function bugFixesOf({ db }: UnitOfWork, executionIds: readonly string[]): Promise<readonly BugFix[]> {
  return bugFixes.byExecutionIds(db, executionIds);
}
