import type { BugFix, BugFixReport } from "../domain/bug-fix.js";
import { namesOnly } from "../domain/repetition.js";
import * as bugFixes from "../store/bug-fix.repository.js";
import type { Outcome } from "../vocabulary.js";
import { holdExecution } from "./execution.service.js";
import type { Scope } from "./scope.js";

export interface BugFixWrite {
  readonly outcome: Outcome;
  readonly bugFix: BugFix;
}

/**
 * Links a bug fix to a run.
 * @throws MetricsError `NOT_FOUND` when there is no such run
 */
export async function recordBugFix(scope: Scope, report: BugFixReport): Promise<BugFixWrite> {
  await holdExecution(scope, report.executionId);
  const inserted = await bugFixes.insert(scope.db, report, scope.now);
  if (inserted !== undefined) return { outcome: "RECORDED", bugFix: inserted };
  const stored = await bugFixes.byId(scope.db, report.id);
  if (stored === undefined) throw new Error(`bug fix ${report.id} is taken and cannot be read`);
  return { outcome: namesOnly(report, stored) ? "DUPLICATE" : "CONFLICT_IGNORED", bugFix: stored };
}

/** The bug fixes of several runs, oldest first. */
export function bugFixesOf({ db }: Scope, executionIds: readonly string[]): Promise<readonly BugFix[]> {
  return bugFixes.byExecutionIds(db, executionIds);
}
