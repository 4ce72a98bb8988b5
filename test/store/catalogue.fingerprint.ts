import type { TestDatabase } from "../support/database.js";

const ours = (schema: string) =>
  `${schema} not in ('pg_catalog', 'information_schema') and ${schema} not like 'pg\\_%'`;

/** A line for each thing of a kind, in words that name no OID and nothing of its history. */
const kinds: Readonly<Record<string, string>> = {
  schema: `select nspname::text from pg_namespace where ${ours("nspname")}`,
  extension: "select extname || ' ' || extversion from pg_extension",
  relation: `
    select concat_ws(' ', c.oid::regclass, relkind, relpersistence, reloptions, relrowsecurity, relacl, pg_get_viewdef(c.oid))
    from pg_class c join pg_namespace n on n.oid = relnamespace where relkind <> 'i' and ${ours("nspname")}`,
  column: `
    select concat_ws(' ', attrelid::regclass, row_number() over (partition by attrelid order by attnum), attname,
      format_type(atttypid, atttypmod), attcollation::regcollation, attnotnull, attidentity, attgenerated,
      pg_get_expr(adbin, adrelid))
    from pg_attribute a join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attnum > 0 and not attisdropped and ${ours("nspname")}`,
  constraint: `
    select concat_ws(' ', conrelid::regclass, conname, contype, convalidated, pg_get_constraintdef(c.oid))
    from pg_constraint c join pg_namespace n on n.oid = connamespace where ${ours("nspname")}`,
  index: `
    select concat_ws(' ', indrelid::regclass, indisvalid, indisreplident, pg_get_indexdef(indexrelid))
    from pg_index join pg_class c on c.oid = indexrelid join pg_namespace n on n.oid = relnamespace where ${ours("nspname")}`,
  trigger: `
    select concat_ws(' ', tgenabled, pg_get_triggerdef(t.oid))
    from pg_trigger t join pg_class c on c.oid = tgrelid join pg_namespace n on n.oid = relnamespace
    where not tgisinternal and ${ours("nspname")}`,
  rule: `select definition from pg_rules where ${ours("schemaname")}`,
  policy: `select to_jsonb(p)::text from pg_policies p where ${ours("schemaname")}`,
  function: `
    select concat_ws(' ', p.oid::regprocedure, prokind, proacl, case when prokind in ('f', 'p') then pg_get_functiondef(p.oid) end)
    from pg_proc p join pg_namespace n on n.oid = pronamespace where ${ours("nspname")}`,
  sequence: `select (to_jsonb(s) - 'last_value')::text from pg_sequences s where ${ours("schemaname")}`,
  type: `
    select concat_ws(' ', t.oid::regtype, typtype, typcategory, typnotnull, typdefault, format_type(typbasetype, typtypmod),
      (select array_agg(enumlabel order by enumsortorder) from pg_enum where enumtypid = t.oid))
    from pg_type t join pg_namespace n on n.oid = typnamespace where ${ours("nspname")}`,
  statistics: `
    select pg_get_statisticsobjdef(s.oid) from pg_statistic_ext s join pg_namespace n on n.oid = stxnamespace where ${ours("nspname")}`,
  comment: `
    select concat_ws(' ', type, identity, description)
    from pg_description, pg_identify_object(classoid, objoid, objsubid) where ${ours('coalesce("schema", identity)')}`,
};

const query = Object.entries(kinds)
  .map(([kind, lines]) => `select '${kind} ' || line as line from (${lines}) as k(line)`)
  .join(" union all ");

/** Everything the catalogue says about what is not the system's: the same schema gives the same lines. */
export async function fingerprint(sql: TestDatabase["sql"]): Promise<string[]> {
  const rows = await sql<{ line: string }>(query);
  return rows.map(({ line }) => line).sort();
}
