import { type SQL, sql } from "drizzle-orm";
import { singlePhaseSpans } from "./single-phase-spans.sql.js";

/** What spending is asked for, as queries. */
export interface Spent {
  /** Rows of `llm_calls`. */
  readonly calls: SQL;
  /** Rows of `ws_executions`; those whose cost no call tells count. */
  readonly runs: SQL;
  /** `id` and `ws_id` of the runs that calls among them are of. */
  readonly runsOfCalls: SQL;
  /** The ids of runs that calls among them may be of which name no phase. */
  readonly runIds: SQL;
}

/** The spending of those calls and runs for which conditions on `calls` and `runs` hold. */
export const spentWhere = (calls: SQL, runs: SQL): Spent => ({
  calls: sql`select * from llm_calls as calls where ${calls}`,
  runs: sql`select * from ws_executions as runs where ${runs}`,
  runsOfCalls: sql`select id, ws_id from ws_executions`,
  runIds: sql`select calls.ws_execution_id from llm_calls as calls where calls.phase_name is null and ${calls}`,
});

/**
 * Calls by their start, and runs whose cost no call tells by the start of the run, as far as they differ in anything a
 * breakdown asks: `execution_id`, `document_type`, `ws_id`, `place`, `model`, `phase_name`, `source`, with
 * `cost_usd`, `known_cost_count`, `call_count` and `unpriced_count`. A call shows the phase that it names, else the one
 * that was open alone when it started.
 * @param placeOf where in time something is shown that was spent then
 */
export function spending(spent: Spent, placeOf: (time: SQL) => SQL): SQL {
  return sql`
    select
      execution_id, document_type, ws_id, place, model, phase_name, source,
      sum(cost_usd) as cost_usd, count(cost_usd) as known_cost_count, count(*) as call_count,
      count(*) filter (where cost_usd is null) as unpriced_count
    from (
      select
        calls.ws_execution_id as execution_id, calls.document_type, runs.ws_id,
        ${placeOf(sql`calls.started_at`)} as place, calls.model,
        coalesce(calls.phase_name, phases.name) as phase_name, calls.source, calls.cost_usd
      from (${spent.calls}) as calls
      left join (${spent.runsOfCalls}) as runs on runs.id = calls.ws_execution_id
      left join (${singlePhaseSpans(spent.runIds)}) as spans
        on calls.phase_name is null and spans.ws_execution_id = calls.ws_execution_id
          and calls.started_at >= spans.started_at and calls.started_at < spans.ended_at
      left join ws_phases as phases on phases.id = spans.phase_id
    ) as calls
    group by execution_id, document_type, ws_id, place, model, phase_name, source
    union all
    select
      runs.id, null, runs.ws_id, ${placeOf(sql`runs.started_at`)}, runs.llm_model, null, lower(runs.cost_source),
      runs.cost_usd, 1, 0, 0
    from (${spent.runs}) as runs
    where runs.logged_cost_usd is null and runs.cost_usd is not null`;
}

/** The date in a time zone. */
export const localDate = (time: SQL, timeZone: string): SQL =>
  sql`to_char(${time} at time zone ${timeZone}, 'YYYY-MM-DD')`;
