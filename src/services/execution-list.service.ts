import {
  decodeCursor,
  type ExecutionFilter,
  type ExecutionOrder,
  type ExecutionPage,
  encodeCursor,
} from "../domain/page.js";
import { badUserInput } from "../errors.js";
import * as lists from "../store/execution-list.repository.js";
import type { UnitOfWork } from "./unit-of-work.js";

export interface PageQuestion {
  readonly filter: ExecutionFilter;
  readonly orderBy: ExecutionOrder;
  readonly first: number;
  readonly after?: string | undefined;
}

/**
 * One page of the executions that match.
 * @throws MetricsError `BAD_USER_INPUT` when `after` is no cursor of this order
 */
export async function executionPage(
  { db }: UnitOfWork,
  { filter, orderBy: order, first, after }: PageQuestion,
): Promise<ExecutionPage> {
  const position = after === undefined ? undefined : decodeCursor(order, after);
  if (after !== undefined && position === undefined) {
    throw badUserInput([
      { path: "after", message: "must be a cursor that this list returned in the same order" },
    ]);
  }
  const placed = await lists.list(db, filter, order, first + 1, position);
  return {
    items: placed
      .slice(0, first)
      .map(({ execution, position }) => ({ execution, cursor: encodeCursor(order, position) })),
    hasNextPage: placed.length > first,
    hasPreviousPage: position !== undefined,
  };
}

/** How many executions match. */
export function executionCount({ db }: UnitOfWork, filter: ExecutionFilter): Promise<number> {
  return lists.countMatching(db, filter);
}
