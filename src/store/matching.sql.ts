import { type AnyColumn, type SQL, sql } from "drizzle-orm";

/** A condition on a value; none without the value. */
export function given<Value>(
  value: Value | undefined,
  condition: (value: Value) => SQL | undefined,
): SQL | undefined {
  return value === undefined ? undefined : condition(value);
}

/** Whether a text begins with another, every character of which means itself. */
export const startsWith = (column: AnyColumn, prefix: string): SQL => sql`starts_with(${column}, ${prefix})`;

/**
 * Whether a phrase stands somewhere in a text, in whatever case; every character of it means itself. Which letters are
 * a pair is up to the locale of the database, beyond those of ASCII.
 */
export const contains = (column: AnyColumn, phrase: string): SQL =>
  sql`strpos(lower(${column}), lower(${phrase})) > 0`;
