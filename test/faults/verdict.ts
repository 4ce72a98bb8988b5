import { statuses } from "../../src/vocabulary.js";
import { type Fact, nameOf } from "./ledger.js";

/** Asks the database, past the server. */
export type Query = <Row extends Record<string, unknown>>(statement: string) => Promise<readonly Row[]>;

/** What was told, by name. */
export interface Told {
  readonly sent: ReadonlyMap<string, Fact>;
  readonly acknowledged: ReadonlyMap<string, Fact>;
}

/** What the database makes of what was told. */
export interface Verdict {
  /** Acknowledged and not there. */
  readonly lost: readonly Fact[];
  /** There, in the tables or in the document of a run, more than once. */
  readonly doubled: readonly string[];
  /** Rules of the stored data that are broken, in words. */
  readonly broken: readonly string[];
}

const milliseconds = (column: string) => `floor(extract(epoch from ${column}) * 1000)::float8 as at`;

/** Where facts stand: by what key, and as of when. */
const places: readonly { readonly kind: Fact["kind"]; readonly rows: string }[] = [
  { kind: "run", rows: `select id::text as key, ${milliseconds("started_at")} from ws_executions` },
  {
    kind: "end",
    rows: `select id::text as key, ${milliseconds("completed_at")} from ws_executions where status = 'COMPLETED'`,
  },
  {
    kind: "phase",
    rows: `select ws_execution_id || ' ' || event_id as key, ${milliseconds("started_at")} from ws_phases`,
  },
  {
    kind: "phase",
    rows: `select e.id || ' ' || (p ->> 'event_id') as key, ${milliseconds("(p ->> 'started_at')::timestamptz")}
      from ws_executions e, jsonb_array_elements(e.phase_metrics -> 'phases') p`,
  },
  { kind: "bug fix", rows: "select id::text as key, null as at from ws_bug_fixes" },
  { kind: "call", rows: `select source_key as key, ${milliseconds("started_at")} from llm_calls` },
];

const runsIn = (table: string) =>
  statuses.map((status) => `${table}.${status.toLowerCase()}_count`).join(" + ");

/** Each counts what breaks a rule. */
const rules: Readonly<Record<string, string>> = {
  "the document of a run shows exactly its phases": `
    select count(*)::integer as count from ws_executions e
    where (select coalesce(jsonb_agg(jsonb_build_array(p -> 'event_id', p -> 'sequence', p -> 'name', p -> 'result')
        order by p ->> 'event_id'), '[]') from jsonb_array_elements(e.phase_metrics -> 'phases') p)
      is distinct from (select coalesce(jsonb_agg(jsonb_build_array(p.event_id, p.sequence, p.name, p.result)
        order by p.event_id), '[]') from ws_phases p where p.ws_execution_id = e.id)`,
  "the phases of a run have different sequences": `
    select count(*)::integer as count from
      (select 1 from ws_phases where reported_sequence is null group by ws_execution_id, sequence having count(*) > 1) twice`,
  "the sums of a run are those of its calls": `
    select count(*)::integer as count from ws_executions e
    left join (select ws_execution_id, count(*) as calls, sum(cost_usd) as cost from llm_calls group by 1) c on c.ws_execution_id = e.id
    where e.logged_call_count <> coalesce(c.calls, 0) or coalesce(e.logged_cost_usd, 0) <> coalesce(c.cost, 0)`,
  "the kept sums of runs, with the changes that wait, are those of the runs": `
    select count(*)::integer as count from (
      select 1 from (
        select start_at, ${runsIn("run_sums")} as runs, cost_usd from run_sums where grain = 'quarter_hour'
        union all
        select start_at, ${runsIn("run_sum_changes")}, cost_usd from run_sum_changes
        union all
        select date_bin('15 minutes', started_at, '2000-01-01 00:00:00+00'), -1, -coalesce(cost_usd, 0) from ws_executions
      ) as terms
      group by start_at
      having sum(runs) <> 0 or sum(cost_usd) <> 0
    ) as wrong`,
  "a call that names a run that exists is attributed to it": `
    select count(*)::integer as count from llm_calls c join ws_executions e on e.id = c.claimed_execution_id
    where c.ws_execution_id is distinct from e.id`,
};

interface Stored {
  readonly key: string;
  readonly at: number | null;
}

/** Compares what was told with what is stored. */
export async function judge(query: Query, { sent, acknowledged }: Told): Promise<Verdict> {
  const lost = new Map<string, Fact>();
  const doubled: string[] = [];
  const broken: string[] = [];
  for (const { kind, rows } of places) {
    const stored = new Map<string, Stored>();
    for (const row of await query<Stored & Record<string, unknown>>(rows)) {
      const name = nameOf({ kind, key: row.key });
      if (stored.has(name)) doubled.push(name);
      stored.set(name, row);
    }
    for (const [name, fact] of acknowledged)
      if (fact.kind === kind && !stored.has(name)) lost.set(name, fact);
    broken.push(...differences(stored, sent));
  }
  for (const [rule, statement] of Object.entries(rules)) {
    const [row] = await query<{ count: number }>(statement);
    if (row?.count !== 0) broken.push(`${row?.count} times not: ${rule}`);
  }
  return { lost: [...lost.values()], doubled, broken };
}

/** What is stored although nobody told it, or otherwise than it was told. */
function differences(stored: ReadonlyMap<string, Stored>, sent: Told["sent"]): readonly string[] {
  return [...stored].flatMap(([name, { at }]) => {
    const fact = sent.get(name);
    if (fact === undefined) return [`nobody told of ${name}`];
    if (fact.at === undefined || Date.parse(fact.at) === at) return [];
    return [
      `${name} was told to be at ${fact.at}, and is stored at ${at === null ? "no time" : new Date(at).toISOString()}`,
    ];
  });
}
