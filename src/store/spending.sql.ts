import { type SQL, sql } from "drizzle-orm";
import { singlePhaseSpans } from "./single-phase-spans.sql.js";

/** Which calls `calls` and which runs `runs` count, as conditions. */
export interface Spent {
  readonly calls: SQL;
  readonly runs: SQL;
}

/**
 * Calls by their start, and runs whose cost no call tells by the start of the run, as far as they differ in anything a
 * breakdown asks: `execution_id`, `document_type`, `ws_id`, `local_date`, `model`, `phase_name`, `source`, with
 * `cost_usd`, `call_count` and `unpriced_count`. A call shows the phase that it names, else the one that was open
 * alone when it started.
 * @param timeZone whose dates `local_date` is of
 */
export function spending(spent: Spent, timeZone: string): SQL {
  const localDate = (time: SQL) => sql`to_char(${time} at time zone ${timeZone}, 'YYYY-MM-DD')`;
  const runIds = sql`select calls.ws_execution_id from llm_calls as calls where calls.phase_name is null and ${spent.calls}`;
  return sql`
    select
      execution_id, document_type, ws_id, local_date, model, phase_name, source,
      sum(cost_usd) as cost_usd, count(*) as call_count, count(*) filter (where cost_usd is null) as unpriced_count
    from (
      select
        calls.ws_execution_id as execution_id, calls.document_type, runs.ws_id,
        ${localDate(sql`calls.started_at`)} as local_date, calls.model,
        coalesce(calls.phase_name, phases.name) as phase_name, calls.source, calls.cost_usd
      from llm_calls as calls
      left join ws_executions as runs on runs.id = calls.ws_execution_id
      left join (${singlePhaseSpans(runIds)}) as spans
        on calls.phase_name is null and spans.ws_execution_id = calls.ws_execution_id
          and calls.started_at >= spans.started_at and calls.started_at < spans.ended_at
      left join ws_phases as phases on phases.id = spans.phase_id
      where ${spent.calls}
    ) as calls
    group by execution_id, document_type, ws_id, local_date, model, phase_name, source
    union all
    select
      runs.id, null, runs.ws_id, ${localDate(sql`runs.started_at`)}, runs.llm_model, null, lower(runs.cost_source),
      runs.cost_usd, 0, 0
    from ws_executions as runs
    where runs.logged_cost_usd is null and runs.cost_usd is not null and ${spent.runs}`;
}
