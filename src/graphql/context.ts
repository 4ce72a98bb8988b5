import DataLoader from "dataloader";
import type { BugFix } from "../domain/bug-fix.js";
import type { BugFixPage } from "../domain/bug-fix-page.js";
import type { CostBreakdown, ExecutionCost } from "../domain/cost.js";
import type { Execution } from "../domain/execution.js";
import type { PreviousPeriod, PreviousWindow } from "../domain/report.js";
import { executionBugFixes } from "../operations/bug-fix.operations.js";
import { executionBugFixPages, executionBugFixTotals } from "../operations/bug-fix-list.operations.js";
import { lastSignsOfLife, previousPeriod, previousWindow } from "../operations/comparison.operations.js";
import { executionCostBreakdowns, executionCosts, executionsOf } from "../operations/execution.operations.js";
import type { Operation } from "../operations/operation.js";
import type { Perform } from "../operations/perform.js";
import type { BugFixesOfRunArgs } from "./bug-fix-list.input.js";
import { Loaders } from "./loaders.js";
import { NodeCount } from "./node-count.js";

/** Which page of the bug fixes of each run. */
type PageArguments = Pick<BugFixesOfRunArgs, "autonomous" | "first" | "after">;

/** A range, as operations are told. */
export interface SentRange {
  readonly from: string;
  readonly to: string;
}

/** What the resolvers of one request share: a way to perform operations, and loaders that ask once per list. */
export interface GraphqlContext {
  readonly perform: Perform;
  /** Where the client reaches the server. */
  readonly baseUrl: string;
  /** What this answer has below its lists so far. */
  readonly nodes: NodeCount;
  readonly executions: DataLoader<string, Execution>;
  readonly bugFixes: DataLoader<string, readonly BugFix[]>;
  readonly bugFixPages: Loaders<PageArguments, BugFixPage>;
  readonly bugFixTotals: Loaders<Pick<PageArguments, "autonomous">, number>;
  readonly costs: DataLoader<string, ExecutionCost>;
  readonly breakdowns: DataLoader<string, CostBreakdown>;
  readonly signsOfLife: DataLoader<string, Date>;
  /** By a range that has a first instant: what the reports said of the one before. */
  readonly previousWindows: DataLoader<SentRange, PreviousWindow | null, string>;
  readonly previousPeriods: DataLoader<SentRange, PreviousPeriod | null, string>;
}

/** @param answerNodes how many items one answer may have below its lists */
export function createContext(perform: Perform, baseUrl: string, answerNodes: number): GraphqlContext {
  const executions = new DataLoader<string, Execution>(async (ids) => {
    const found = await perform(executionsOf, { ids });
    return inOrderOf(ids, new Map(found.map((execution) => [execution.id, execution])));
  });
  const bugFixes = new DataLoader<string, readonly BugFix[]>(async (executionIds) => {
    const found = new Map<string, BugFix[]>(executionIds.map((id) => [id, []]));
    for (const bugFix of await perform(executionBugFixes, { executionIds }))
      found.get(bugFix.executionId)?.push(bugFix);
    return inOrderOf(executionIds, found);
  });
  const bugFixPages = new Loaders((asked: PageArguments, executionIds) =>
    perform(executionBugFixPages, { ...asked, executionIds }),
  );
  const bugFixTotals = new Loaders((asked: Pick<PageArguments, "autonomous">, executionIds) =>
    perform(executionBugFixTotals, { ...asked, executionIds }),
  );
  const costs = new DataLoader<string, ExecutionCost>(async (executionIds) =>
    inOrderOf(executionIds, await perform(executionCosts, { executionIds })),
  );
  const breakdowns = new DataLoader<string, CostBreakdown>(async (executionIds) =>
    inOrderOf(executionIds, await perform(executionCostBreakdowns, { executionIds })),
  );
  const signsOfLife = new DataLoader<string, Date>(async (executionIds) =>
    inOrderOf(executionIds, await perform(lastSignsOfLife, { executionIds })),
  );
  const previousWindows = byRange(perform, previousWindow);
  const previousPeriods = byRange(perform, previousPeriod);
  const reports = { signsOfLife, previousWindows, previousPeriods };
  const loaders = { executions, bugFixes, bugFixPages, bugFixTotals, costs, breakdowns, ...reports };
  const own = { baseUrl, nodes: new NodeCount(answerNodes) };
  return { ...loaders, ...own, perform: forgetting(Object.values(loaders), perform) };
}

/** Asks once for each range, however many fields are about it. */
function byRange<Command, Result>(perform: Perform, operation: Operation<Command, Result>) {
  return new DataLoader<SentRange, Result, string>(
    (ranges) => Promise.all(ranges.map((range) => perform(operation, range))),
    { cacheKeyFn: ({ from, to }) => `${from}/${to}` },
  );
}

/** Forgets after every write what was read before it, so that the next field of a mutation sees what it wrote. */
function forgetting(loaders: readonly { clearAll(): unknown }[], perform: Perform): Perform {
  return async (operation, input, at) => {
    const result = await perform(operation, input, at);
    if (operation.kind === "write") for (const loader of loaders) loader.clearAll();
    return result;
  };
}

function inOrderOf<Value>(
  ids: readonly string[],
  found: ReadonlyMap<string, Value>,
): readonly (Value | Error)[] {
  return ids.map((id) => found.get(id) ?? new Error(`execution ${id} vanished while it was read`));
}
