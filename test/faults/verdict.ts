import type { Fact } from "./ledger.js";

/** Asks the database, past the server. */
export type Query = <Row extends object>(statement: string) => Promise<readonly Row[]>;

/** What the database makes of what was acknowledged. */
export interface Verdict {
  /** Acknowledged and not there. */
  readonly lost: readonly Fact[];
  /** There more than once. */
  readonly doubled: readonly string[];
  /** Rules of the stored data that are broken, in words. */
  readonly broken: readonly string[];
}

const keysOf: Readonly<Record<Fact["kind"], string>> = {
  run: "select id::text as key from ws_executions",
  phase: "select ws_execution_id || ' ' || event_id as key from ws_phases",
  "bug fix": "select id::text as key from ws_bug_fixes",
  call: "select source_key as key from llm_calls",
};

/** Each counts what breaks a rule. */
const rules: Readonly<Record<string, string>> = {
  "the document of a run shows exactly its phases": `
    select count(*)::integer as count from ws_executions e
    where (select coalesce(array_agg(p ->> 'event_id' order by p ->> 'event_id'), '{}') from jsonb_array_elements(e.phase_metrics -> 'phases') p)
      is distinct from (select coalesce(array_agg(p.event_id::text order by p.event_id::text), '{}') from ws_phases p where p.ws_execution_id = e.id)`,
  "the phases of a run have different sequences": `
    select count(*)::integer as count from
      (select 1 from ws_phases where reported_sequence is null group by ws_execution_id, sequence having count(*) > 1) twice`,
  "the calls of a run are counted once": `
    select count(*)::integer as count from ws_executions e
    where logged_call_count <> (select count(*) from llm_calls c where c.ws_execution_id = e.id)`,
  "a call that names a run that exists is attributed to it": `
    select count(*)::integer as count from llm_calls c join ws_executions e on e.id = c.claimed_execution_id
    where c.ws_execution_id is distinct from e.id`,
};

/** Compares what was acknowledged with what is stored. */
export async function judge(query: Query, acknowledged: Iterable<Fact>): Promise<Verdict> {
  const stored = new Map<string, number>();
  for (const [kind, statement] of Object.entries(keysOf)) {
    for (const { key } of await query<{ key: string }>(statement)) {
      const name = `${kind} ${key}`;
      stored.set(name, (stored.get(name) ?? 0) + 1);
    }
  }
  const broken: string[] = [];
  for (const [rule, statement] of Object.entries(rules)) {
    const [row] = await query<{ count: number }>(statement);
    if (row?.count !== 0) broken.push(`${row?.count} times not: ${rule}`);
  }
  return {
    lost: [...acknowledged].filter(({ kind, key }) => !stored.has(`${kind} ${key}`)),
    doubled: [...stored].filter(([, count]) => count > 1).map(([name]) => name),
    broken,
  };
}
