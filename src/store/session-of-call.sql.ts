import { type SQL, sql } from "drizzle-orm";

/** How long after the end of a run its session's calls may still start, and belong to it. */
const afterEnd = sql`interval '5 minutes'`;

/**
 * A join that finds the execution which the session of a call was bound to when the call started: one row
 * `bound (id)`, without rows when there is none. A session belongs to a run from the run's start until the start of
 * the next run it is bound to, and at most until five minutes after the run's end.
 * @param call the alias of what has `claimed_execution_id`, `executor_session_id` and `started_at`
 */
export function executionOfSession(call: string): SQL {
  const { claimed_execution_id, executor_session_id, started_at } = columnsOf(call);
  return sql`
    left join lateral (
      select case when ${started_at} <= coalesce(runs.completed_at + ${afterEnd}, 'infinity') then runs.id end as id
      from ws_execution_sessions as sessions
      join ws_executions as runs on runs.id = sessions.ws_execution_id
      where ${claimed_execution_id} is null
        and sessions.executor_session_id = ${executor_session_id} and runs.started_at <= ${started_at}
      order by runs.started_at desc, runs.id desc
      limit 1
    ) as bound on true`;
}

function columnsOf(alias: string) {
  const column = (name: string) => sql`${sql.identifier(alias)}.${sql.identifier(name)}`;
  return {
    claimed_execution_id: column("claimed_execution_id"),
    executor_session_id: column("executor_session_id"),
    started_at: column("started_at"),
  };
}
