import { type AnyColumn, type Placeholder, type SQL, sql } from "drizzle-orm";

/**
 * Whether a column is one of many values, however many: they are sent as one parameter, where one each would keep the
 * process busy for milliseconds. An array in front of the statement also lets an index find them.
 * @param values for a placeholder they are sent as JSON
 */
export function isAmong(column: AnyColumn, values: readonly string[] | Placeholder): SQL {
  const list = Array.isArray(values) ? JSON.stringify(values) : values;
  const sent = sql`jsonb_array_elements_text(${list}::jsonb)`;
  return sql`${column} = any (array(select ${sent}::${sql.raw(column.getSQLType())}))`;
}
