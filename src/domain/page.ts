import type { CostSource, ExecutionOrderField, OrderDirection, Status } from "../vocabulary.js";
import type { Execution } from "./execution.js";
import { parseUuid } from "./uuid.js";

/**
 * Which executions; absent fields do not restrict, and an empty list matches none. Ranges are half-open `[from, to)`;
 * what has no value (the end of a run in progress, an unknown cost) is in no range, in no list and has no prefix.
 */
export interface ExecutionFilter {
  readonly wsId?: string | undefined;
  readonly wsIdIn?: readonly string[] | undefined;
  readonly wsIdPrefix?: string | undefined;
  readonly wpId?: string | undefined;
  readonly wpIdIn?: readonly string[] | undefined;
  readonly wpIdPrefix?: string | undefined;
  readonly executor?: string | undefined;
  readonly executorIn?: readonly string[] | undefined;
  readonly executorPrefix?: string | undefined;
  readonly scopeId?: string | undefined;
  readonly scopeIdIn?: readonly string[] | undefined;
  readonly llmModelIn?: readonly string[] | undefined;
  readonly status?: readonly Status[] | undefined;
  readonly startedFrom?: Date | undefined;
  readonly startedTo?: Date | undefined;
  readonly completedFrom?: Date | undefined;
  readonly completedTo?: Date | undefined;
  /** Whole seconds. */
  readonly durationFrom?: number | undefined;
  readonly durationTo?: number | undefined;
  /** USD, of the cost that counts. */
  readonly costFrom?: number | undefined;
  readonly costTo?: number | undefined;
  readonly costSource?: readonly CostSource[] | undefined;
  readonly reworkAtLeast?: number | undefined;
  readonly hasBugFixes?: boolean | undefined;
  readonly hasUnpricedCalls?: boolean | undefined;
  /** One phrase; it stands somewhere in the ids of the run or in a text of one of its bug fixes, in whatever case. */
  readonly text?: string | undefined;
}

/** What a list is ordered by; ties are in id order. */
interface Order {
  readonly field: string;
  readonly direction: OrderDirection;
}

/** Executions without a value come last in either direction. */
export interface ExecutionOrder extends Order {
  readonly field: ExecutionOrderField;
}

/** The place of one item in an order. */
export interface Position {
  /** Its value in the order: milliseconds, seconds or USD; null when it has none. */
  readonly value: number | null;
  readonly id: string;
}

/** One execution of a page, and the cursor of its place. */
interface PageItem {
  readonly execution: Execution;
  readonly cursor: string;
}

export interface ExecutionPage {
  readonly items: readonly PageItem[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The years 1 and 9999, between which every time, duration and amount that can be stored lies. */
const firstYearMs = Date.parse("0001-01-01T00:00:00Z");
const lastYearMs = Date.parse("9999-12-31T23:59:59.999Z");

/** A position in `order` as opaque text. */
export function encodeCursor(order: Order, { value, id }: Position): string {
  return Buffer.from(JSON.stringify([order.field, order.direction, value, id])).toString("base64url");
}

/** The position that a cursor of the same order names; undefined when it is not one. */
export function decodeCursor(order: Order, cursor: string): Position | undefined {
  const [field, direction, value, id] = parseList(Buffer.from(cursor, "base64url").toString());
  if (field !== order.field || direction !== order.direction) return undefined;
  if (!isValue(value) || typeof id !== "string" || parseUuid(id) !== id) return undefined;
  return encodeCursor(order, { value, id }) === cursor ? { value, id } : undefined;
}

function isValue(value: unknown): value is number | null {
  return value === null || (typeof value === "number" && value >= firstYearMs && value <= lastYearMs);
}

function parseList(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
