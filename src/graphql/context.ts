import DataLoader from "dataloader";
import type { BugFix } from "../domain/bug-fix.js";
import type { BugFixPage } from "../domain/bug-fix-page.js";
import type { CostBreakdown, ExecutionCost } from "../domain/cost.js";
import type { Execution } from "../domain/execution.js";
import { executionBugFixes } from "../operations/bug-fix.operations.js";
import { executionBugFixPages, executionBugFixTotals } from "../operations/bug-fix-list.operations.js";
import { executionCostBreakdowns, executionCosts, executionsOf } from "../operations/execution.operations.js";
import type { Perform } from "../operations/perform.js";
import type { BugFixesOfRunArgs } from "./bug-fix-list.input.js";
import { Loaders } from "./loaders.js";

/** Which page of the bug fixes of each run. */
type PageArguments = Pick<BugFixesOfRunArgs, "autonomous" | "first" | "after">;

/** What the resolvers of one request share: a way to perform operations, and loaders that ask once per list. */
export interface GraphqlContext {
  readonly perform: Perform;
  /** Where the client reaches the server. */
  readonly baseUrl: string;
  readonly executions: DataLoader<string, Execution>;
  readonly bugFixes: DataLoader<string, readonly BugFix[]>;
  readonly bugFixPages: Loaders<PageArguments, BugFixPage>;
  readonly bugFixTotals: Loaders<Pick<PageArguments, "autonomous">, number>;
  readonly costs: DataLoader<string, ExecutionCost>;
  readonly breakdowns: DataLoader<string, CostBreakdown>;
}

export function createContext(perform: Perform, baseUrl: string): GraphqlContext {
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
  const loaders = { executions, bugFixes, bugFixPages, bugFixTotals, costs, breakdowns };
  return { ...loaders, baseUrl, perform: forgetting(Object.values(loaders), perform) };
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
