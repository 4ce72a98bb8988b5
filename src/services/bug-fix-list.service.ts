import type { BugFix } from "../domain/bug-fix.js";
import {
  type BugFixesOfRuns,
  type BugFixFilter,
  type BugFixOrder,
  type BugFixPage,
  type BugFixPosition,
  bugFixPage,
  decodeBugFixCursor,
} from "../domain/bug-fix-page.js";
import { badUserInput } from "../errors.js";
import * as lists from "../store/bug-fix-list.repository.js";
import type { UnitOfWork } from "./unit-of-work.js";

export interface BugFixPageQuestion {
  readonly filter: BugFixFilter;
  readonly orderBy: BugFixOrder;
  readonly first: number;
  readonly after?: string | undefined;
}

export interface RunPagesQuestion extends BugFixesOfRuns {
  readonly first: number;
  readonly after?: string | undefined;
}

const oldestFirst = { direction: "asc" } as const;

/**
 * One page of the bug fixes that match.
 * @throws MetricsError `BAD_USER_INPUT` when `after` is no cursor of this order
 */
export async function page(
  { db }: UnitOfWork,
  { filter, orderBy, first, after }: BugFixPageQuestion,
): Promise<BugFixPage> {
  const position = positionOf(orderBy, after);
  const found = await lists.list(db, filter, orderBy, first + 1, position);
  return bugFixPage(orderBy, found, first, position);
}

/** How many bug fixes match. */
export function total({ db }: UnitOfWork, filter: BugFixFilter): Promise<number> {
  return lists.countMatching(db, filter);
}

/**
 * A page of the bug fixes of each run, oldest first, in the order of the runs.
 * @throws MetricsError `BAD_USER_INPUT` when `after` is no cursor of this order
 */
export async function pagesOfRuns(
  { db }: UnitOfWork,
  { first, after, ...which }: RunPagesQuestion,
): Promise<readonly BugFixPage[]> {
  const position = positionOf(oldestFirst, after);
  const found = new Map(which.executionIds.map((id): [string, BugFix[]] => [id, []]));
  for (const bugFix of await lists.listOfRuns(db, which, first + 1, position))
    found.get(bugFix.executionId)?.push(bugFix);
  return which.executionIds.map((id) => bugFixPage(oldestFirst, found.get(id) ?? [], first, position));
}

/** How many bug fixes each run has, in the order of the runs. */
export async function totalsOfRuns({ db }: UnitOfWork, which: BugFixesOfRuns): Promise<readonly number[]> {
  const counts = await lists.countOfRuns(db, which);
  return which.executionIds.map((id) => counts.get(id) ?? 0);
}

function positionOf(order: BugFixOrder, after: string | undefined): BugFixPosition | undefined {
  const position = after === undefined ? undefined : decodeBugFixCursor(order, after);
  if (after === undefined || position !== undefined) return position;
  throw badUserInput([
    { path: "after", message: "must be a cursor that this list returned in the same order" },
  ]);
}
