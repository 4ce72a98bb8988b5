import { readFile } from "node:fs/promises";
import type postgres from "postgres";

/** A log and the runs that it tells of; everything in it follows from the number of a row. */
export interface LogPlan {
  readonly rows: number;
  readonly runs: number;
  /** How far back the first row is. */
  readonly spreadMs: number;
  readonly now: Date;
}

/** The id of a run, from its number; in SQL `md5('run-' || number)::uuid`. */
const runId = (number: string) => `md5('run-' || ${number})::uuid`;

/**
 * Fills the tables: the calls of a run start one after the other within the run, the runs follow each other evenly, and
 * every tenth call belongs to none.
 */
export async function fillLog(sql: postgres.Sql, { rows, runs, spreadMs, now }: LogPlan): Promise<void> {
  const callsOfRun = Math.ceil(rows / runs);
  const stepMs = spreadMs / rows;
  const startOf = (number: string) =>
    `timestamptz '${now.toISOString()}' - (${rows} - ${number}) * interval '${stepMs} milliseconds'`;
  await sql.unsafe(`
    insert into ws_executions (id, ws_id, wp_id, executor, status, started_at, completed_at)
    select ${runId("run")}, 'WS-' || run % 500, 'WP-' || run % 20, 'claude_code', 'COMPLETED',
      ${startOf(`run * ${callsOfRun}`)}, ${startOf(`(run + 1) * ${callsOfRun}`)}
    from generate_series(0, ${runs - 1}) as run`);
  await sql.unsafe(await readFile("test/fixtures/adr-010.sql", "utf8"));
  await addRows(sql, { from: 0, to: rows }, callsOfRun, startOf);
  await sql.unsafe("vacuum analyze");
}

/** Logs what an hour brings: as many rows as the log has for one, from `now` on. */
export async function addHour(sql: postgres.Sql, { rows, runs, spreadMs, now }: LogPlan): Promise<number> {
  const count = Math.round((rows / spreadMs) * 3_600_000);
  const stepMs = 3_600_000 / count;
  const startOf = (number: string) =>
    `timestamptz '${now.toISOString()}' + (${number} - ${rows}) * interval '${stepMs} milliseconds'`;
  await addRows(sql, { from: rows, to: rows + count }, Math.ceil(rows / runs), startOf);
  return count;
}

async function addRows(
  sql: postgres.Sql,
  { from, to }: { readonly from: number; readonly to: number },
  callsOfRun: number,
  startOf: (number: string) => string,
): Promise<void> {
  await sql.unsafe(`
    insert into llm_run (id, correlation_id, workflow_execution_id, artifact_type, role, model_provider, model_name,
      prompt_id, prompt_version, effective_prompt_hash, status, started_at, ended_at, input_tokens, output_tokens,
      total_tokens, cost_usd, metadata)
    select md5('call-' || call)::uuid, md5('request-' || call)::uuid,
      case when call % 10 <> 0 then ${runId(`call / ${callsOfRun}`)}::text end,
      (array['discovery', 'architecture', 'implementation_plan'])[call % 3 + 1], 'author', 'anthropic',
      'claude-sonnet-4-20250514', 'prompt-' || call % 40, '1.0', md5(call::text) || md5(call::text), 'SUCCESS',
      ${startOf("call")}, ${startOf("call")} + interval '20 seconds', call % 9000, call % 3000, call % 12000,
      (call % 10000) / 100000.0, '{"retry_count": 0, "is_replay": false}'
    from generate_series(${from}, ${to - 1}) as call`);
}
