import { sql } from "drizzle-orm";
import type { TableName } from "../domain/sql-name.js";
import type { Database } from "./database.js";

/** A column of a table or view, as the catalogue knows it. */
export interface CatalogueColumn {
  readonly name: string;
  /** Without its length, and of a domain the type behind it: `numeric`, `character varying`; `enum` for any of those. */
  readonly type: string;
  /** Whether the role of this connection may select from it. */
  readonly isReadable: boolean;
  /** Whether rows can be found by it; null for what cannot have an index, such as a view. */
  readonly isIndexed: boolean | null;
}

/** Tables, partitioned tables, views, materialized views and foreign tables. */
const readable = sql`class.relkind in ('r', 'p', 'v', 'm', 'f')`;

/** The columns of a table or view in their order; none when there is no such table. Needs no rights on it. */
export async function columnsOf(
  db: Database,
  { schema, table }: TableName,
): Promise<readonly CatalogueColumn[]> {
  return db
    .select({
      name: sql<string>`attribute.attname`,
      type: sql<string>`case base.typtype when 'e' then 'enum' else format_type(base.oid, null) end`,
      isReadable: sql<boolean>`has_schema_privilege(namespace.oid, 'usage')
        and has_column_privilege(class.oid, attribute.attnum, 'select')`,
      isIndexed: sql<boolean | null>`case when class.relkind in ('r', 'p', 'm') then exists (
          select from pg_index
          where indrelid = class.oid and indisvalid and indpred is null and indkey[0] = attribute.attnum
        ) end`,
    })
    .from(
      sql`pg_class as class
        join pg_namespace as namespace on namespace.oid = class.relnamespace
        join pg_attribute as attribute
          on attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped
        join pg_type as declared on declared.oid = attribute.atttypid
        join pg_type as base on base.oid = coalesce(nullif(declared.typbasetype, 0), declared.oid)`,
    )
    .where(sql`namespace.nspname = ${schema} and class.relname = ${table} and ${readable}`)
    .orderBy(sql`attribute.attnum`);
}

/** The tables and views that somebody made, in any schema. */
export async function tables(db: Database): Promise<readonly TableName[]> {
  return db
    .select({ schema: sql<string>`namespace.nspname`, table: sql<string>`class.relname` })
    .from(sql`pg_class as class join pg_namespace as namespace on namespace.oid = class.relnamespace`)
    .where(sql`${readable} and namespace.nspname !~ '^(pg_|information_schema$)'`)
    .orderBy(sql`1`, sql`2`);
}

/** The role of this connection. */
export async function roleOf(db: Database): Promise<string> {
  const [row] = await db.select({ role: sql<string>`current_user` }).from(sql`(select) as one`);
  return row?.role ?? "";
}
