import { type SQL, sql } from "drizzle-orm";
import type { Facts } from "./facts.js";
import { ratio } from "./ratio.sql.js";
import { runDimensions } from "./run-dimensions.sql.js";

const isUnpriced = sql`(calls.cost_usd is null)`;
const isUnattributed = sql`calls.ws_execution_id is null`;

/** The phase that the call names, else the one that was open alone in its run when it started. */
const phase = sql`coalesce(calls.phase_name, (
  select min(phases.name)
  from ws_phases as phases
  where phases.ws_execution_id = calls.ws_execution_id and phases.started_at <= calls.started_at
    and calls.started_at < coalesce(phases.completed_at, runs.completed_at, 'infinity')
  having count(*) = 1))`;

const buckets = [
  sql`calls.input_tokens`,
  sql`calls.cache_read_tokens`,
  sql`calls.cache_write_5m_tokens`,
  sql`calls.cache_write_1h_tokens`,
  sql`calls.output_tokens`,
] as const;

/** What of some buckets was told, added up; null when nothing was. */
const told = (columns: readonly SQL[]) => {
  const known = columns.map((column) => sql`coalesce(${column}, 0)::bigint`);
  return sql`case when coalesce(${sql.join([...columns], sql`, `)}) is not null then ${sql.join(known, sql` + `)} end`;
};

/** LLM calls. */
export const llmCallFacts: Facts<"llm_calls"> = {
  from: sql`llm_calls as calls left join ws_executions as runs on runs.id = calls.ws_execution_id`,
  clock: sql`calls.started_at`,
  dimensions: {
    ...runDimensions,
    phase,
    model: sql`calls.model`,
    provider: sql`calls.provider`,
    document_type: sql`calls.document_type`,
    call_source: sql`calls.source`,
    attributed: sql`(calls.ws_execution_id is not null)`,
  },
  measures: {
    count: (of) => of.count(),
    execution_count: (of) => of.whole(sql`count(distinct calls.ws_execution_id)`),
    unpriced_count: (of) => of.count(isUnpriced),
    priced_rate: (of) => ratio(of.count(sql`not ${isUnpriced}`), of.count()),
    unattributed_cost_rate: (of) =>
      ratio(
        sql`coalesce(${of.sum(sql`case when ${isUnattributed} then calls.cost_usd end`)}, 0)`,
        of.sum(sql`calls.cost_usd`),
      ),
    cache_read_rate: (of) =>
      ratio(sql`coalesce(${of.sum(sql`calls.cache_read_tokens`)}, 0)`, of.sum(told(buckets.slice(0, -1)))),
    cost_usd: sql`calls.cost_usd`,
    input_tokens: buckets[0],
    cache_read_tokens: buckets[1],
    cache_write_5m_tokens: buckets[2],
    cache_write_1h_tokens: buckets[3],
    output_tokens: buckets[4],
    tokens: told(buckets),
  },
};
