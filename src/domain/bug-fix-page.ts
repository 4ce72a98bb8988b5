import type { OrderDirection } from "../vocabulary.js";
import type { BugFix } from "./bug-fix.js";
import { decodeCursor, encodeCursor } from "./page.js";

/** Which bug fixes; absent fields do not restrict. Times are half-open `[createdFrom, createdTo)`. */
export interface BugFixFilter {
  readonly executionId?: string | undefined;
  /** Of the run in which the bug was found, as are the next two. */
  readonly wsId?: string | undefined;
  readonly wpId?: string | undefined;
  readonly executor?: string | undefined;
  readonly scopeId?: string | undefined;
  readonly autonomous?: boolean | undefined;
  readonly createdFrom?: Date | undefined;
  readonly createdTo?: Date | undefined;
  readonly testNamePrefix?: string | undefined;
  /** One phrase; it stands somewhere in one of the texts, in whatever case. */
  readonly text?: string | undefined;
}

/** By when they were recorded; ties are in id order. */
export interface BugFixOrder {
  readonly direction: OrderDirection;
}

/** The place of a bug fix in its list. */
export interface BugFixPosition {
  readonly createdAt: Date;
  readonly id: string;
}

export interface BugFixPage {
  readonly items: readonly { readonly bugFix: BugFix; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** Which bug fixes of several runs, of each of them. */
export interface BugFixesOfRuns {
  readonly executionIds: readonly string[];
  readonly autonomous?: boolean | undefined;
}

const fieldOf = ({ direction }: BugFixOrder) => ({ field: "created_at", direction });

/** The position that a cursor of the same order names; undefined when it is not one. */
export function decodeBugFixCursor(order: BugFixOrder, cursor: string): BugFixPosition | undefined {
  const position = decodeCursor(fieldOf(order), cursor);
  if (position === undefined || position.value === null) return undefined;
  return { createdAt: new Date(position.value), id: position.id };
}

/**
 * One page of what was found after a position, or from the beginning.
 * @param found up to one more than `first`, which says that more follow
 */
export function bugFixPage(
  order: BugFixOrder,
  found: readonly BugFix[],
  first: number,
  after: BugFixPosition | undefined,
): BugFixPage {
  const cursorOf = ({ createdAt, id }: BugFix) =>
    encodeCursor(fieldOf(order), { value: createdAt.getTime(), id });
  return {
    items: found.slice(0, first).map((bugFix) => ({ bugFix, cursor: cursorOf(bugFix) })),
    hasNextPage: found.length > first,
    hasPreviousPage: after !== undefined,
  };
}
