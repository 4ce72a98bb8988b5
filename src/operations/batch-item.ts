import type { ItemError } from "../domain/batch.js";
import { type ErrorCode, MetricsError } from "../errors.js";

/** One item of a batch: its value, or why it was refused. */
export type BatchItem<Value> =
  | { readonly value: Value; readonly error: null }
  | { readonly value: null; readonly error: ItemError };

/** The errors an item has by itself; with any other the whole batch fails. */
const itsOwn: readonly ErrorCode[] = ["BAD_USER_INPUT", "NOT_FOUND", "CONFLICT"];

export function accepted<Value>(value: Value): BatchItem<Value> {
  return { value, error: null };
}

/**
 * The refusal of one item.
 * @throws `error` itself when it is not about this item alone
 */
export function refused(error: unknown): BatchItem<never> {
  if (!(error instanceof MetricsError) || !itsOwn.includes(error.code)) throw error;
  const { code, message, errors } = error;
  return { value: null, error: { code, message, errors } };
}

/** Tries one item, which may refuse. */
export function itemOf<Value>(make: () => Value): BatchItem<Value> {
  try {
    return accepted(make());
  } catch (error) {
    return refused(error);
  }
}
