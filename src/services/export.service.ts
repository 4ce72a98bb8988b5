import type { BugFix } from "../domain/bug-fix.js";
import type { BugFixFilter, BugFixPosition } from "../domain/bug-fix-page.js";
import { costOf } from "../domain/cost.js";
import type { Execution } from "../domain/execution.js";
import type {
  ExportedExecution,
  ExportedPage,
  LlmCallFilter,
  LlmCallPlace,
  StoredLlmCall,
} from "../domain/exported.js";
import type { ExecutionFilter, Position } from "../domain/page.js";
import * as bugFixes from "../store/bug-fix.repository.js";
import * as bugFixLists from "../store/bug-fix-list.repository.js";
import * as costs from "../store/cost.repository.js";
import type { Database } from "../store/database.js";
import * as executionLists from "../store/execution-list.repository.js";
import * as calls from "../store/llm-call-list.repository.js";
import type { UnitOfWork } from "./unit-of-work.js";

/** Enough to make few statements of many rows, and few enough to hold on to while they are sent. */
const pageRows = 1_000;
const newestFirst = { direction: "desc" } as const;

/** What is exported: everything that matches `filter`, after the place where the page before ended. */
export interface ExportQuestion<Filter, Place> {
  readonly filter: Filter;
  readonly after?: Place | undefined;
}

/** Runs with what belongs to them, the latest started first. */
export async function executionsPage(
  { db }: UnitOfWork,
  { filter, after }: ExportQuestion<ExecutionFilter, Position>,
): Promise<ExportedPage<ExportedExecution, Position>> {
  const order = { field: "started_at", ...newestFirst } as const;
  const page = await executionLists.list(db, filter, order, pageRows, after);
  const items = await withBelongings(
    db,
    page.map(({ execution }) => execution),
  );
  return { items, next: nextAfter(page.map(({ position }) => position)) };
}

/** Runs that were read, with their bug fixes and cost. */
export async function withBelongings(
  db: Database,
  executions: readonly Execution[],
): Promise<readonly ExportedExecution[]> {
  const ids = executions.map(({ id }) => id);
  const costById = await costs.byExecutionIds(db, ids);
  const fixes = new Map(ids.map((id): [string, BugFix[]] => [id, []]));
  for (const fix of await bugFixes.byExecutionIds(db, ids)) fixes.get(fix.executionId)?.push(fix);
  return executions.map((execution) => ({
    execution,
    bugFixes: fixes.get(execution.id) ?? [],
    cost: costOf(costById, execution.id),
  }));
}

/** Bug fixes of all runs, the latest recorded first. */
export async function bugFixesPage(
  { db }: UnitOfWork,
  { filter, after }: ExportQuestion<BugFixFilter, BugFixPosition>,
): Promise<ExportedPage<BugFix, BugFixPosition>> {
  const items = await bugFixLists.list(db, filter, newestFirst, pageRows, after);
  return { items, next: nextAfter(items) };
}

/** LLM calls, the latest started first. */
export async function llmCallsPage(
  { db }: UnitOfWork,
  { filter, after }: ExportQuestion<LlmCallFilter, LlmCallPlace>,
): Promise<ExportedPage<StoredLlmCall, LlmCallPlace>> {
  const items = await calls.list(db, filter, pageRows, after);
  return { items, next: nextAfter(items) };
}

/** A page that is not full is the last one. */
const nextAfter = <Place>(places: readonly Place[]): Place | undefined =>
  places.length < pageRows ? undefined : places.at(-1);
