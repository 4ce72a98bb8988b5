import { type SQL, sql } from "drizzle-orm";

/**
 * When a run, `run`, was last heard of: the latest time at which the server took down the run, one of its phases, bug
 * fixes or LLM calls, or at which the run or a phase ended. Ends are what was told, and count no later than now.
 */
export const signOfLife = (now: Date): SQL => {
  // An end that was not told must stay unknown, while least() would answer now.
  const end = (time: SQL) =>
    sql`case when ${time} is not null then least(${time}, ${now.toISOString()}::timestamptz) end`;
  return sql`greatest(
    run.created_at,
    ${end(sql`run.completed_at`)},
    (select max(greatest(phase.created_at, ${end(sql`phase.completed_at`)})) from ws_phases as phase where phase.ws_execution_id = run.id),
    (select max(fix.created_at) from ws_bug_fixes as fix where fix.ws_execution_id = run.id),
    (select max(call.created_at) from llm_calls as call where call.ws_execution_id = run.id)
  )`;
};
