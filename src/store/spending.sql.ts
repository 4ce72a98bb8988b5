import { type SQL, sql } from "drizzle-orm";
import { phaseOfCall } from "./phase-of-call.sql.js";

/** Which calls `calls` and which runs `runs` count, as conditions. */
export interface Spent {
  readonly calls: SQL;
  readonly runs: SQL;
}

/**
 * One row per call by its start, and one per run whose cost no call tells by the start of the run: `is_call`,
 * `cost_usd`, `execution_id`, and what each belongs to.
 * @param timeZone whose dates `local_date` is of
 */
export function spending(spent: Spent, timeZone: string): SQL {
  const localDate = (time: SQL) => sql`to_char(${time} at time zone ${timeZone}, 'YYYY-MM-DD')`;
  return sql`
    select
      true as is_call, calls.cost_usd, calls.ws_execution_id as execution_id, calls.document_type, runs.ws_id,
      ${localDate(sql`calls.started_at`)} as local_date, calls.model, phase.name as phase_name, calls.source
    from llm_calls as calls
    left join ws_executions as runs on runs.id = calls.ws_execution_id
    ${phaseOfCall}
    where ${spent.calls}
    union all
    select
      false, runs.cost_usd, runs.id, null, runs.ws_id, ${localDate(sql`runs.started_at`)}, runs.llm_model, null,
      lower(runs.cost_source)
    from ws_executions as runs
    where runs.logged_cost_usd is null and runs.cost_usd is not null and ${spent.runs}`;
}
