import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LlmLog, type LogColumns, usualLogColumns } from "../../src/domain/llm-log.js";
import { checkLlmLog } from "../../src/services/llm-log-check.service.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { launchProcess } from "../support/process.js";
import { createLog } from "./log.js";

const database = await openTestDatabase();

beforeAll(() => createLog(database.sql));
afterAll(() => database.close());

function logCalled(table: string, columns: Partial<LogColumns> = {}, schema = "public"): LlmLog {
  return { schema, table, columns: { ...usualLogColumns, ...columns } };
}

const check = (log: LlmLog) => database.store.read((db) => checkLlmLog(db, log));

/** What is wrong with a log, one line each. */
async function problemsOf(log: LlmLog): Promise<readonly string[]> {
  const message = await check(log).then(
    () => "",
    (error: Error) => error.message,
  );
  return message.split("\n").slice(1);
}

test("the table of ADR-010 can be read as it is", async () => {
  expect(await check(logCalled("llm_run"))).toEqual([]);
});

test("a table that does not exist is named, with those that may have been meant", async () => {
  const [problem, ...others] = await problemsOf(logCalled("llm_runs"));

  expect(problem).toMatch(
    /^ {2}LLM_LOG_TABLE: there is no table or view public\.llm_runs in this database; the nearest names are public\.llm_run, /,
  );
  expect(others).toEqual([]);
});

test("a table in another schema is found by its name", async () => {
  const [problem] = await problemsOf(logCalled("llm_run", {}, "Audit"));

  expect(problem).toMatch(/no table or view "Audit"\.llm_run .*; the nearest names are public\.llm_run/);
});

test("every column that does not exist, or cannot be what it is to be, is named at once", async () => {
  const columns = {
    execution_id: "workflow_id",
    cost_usd: "costUsd",
    started_at: "status",
    phase: "metadata",
  };

  const problems = await problemsOf(logCalled("llm_run", columns));

  expect(problems).toEqual([
    "  LLM_LOG_COLUMNS: public.llm_run has no column workflow_id for execution_id; the nearest names are workflow_execution_id, correlation_id, project_id",
    "  LLM_LOG_COLUMNS: started_at is read from status, which is of type text; it must be timestamp with time zone",
    '  LLM_LOG_COLUMNS: public.llm_run has no column "costUsd" for cost_usd; the nearest names are cost_usd, status, prompt_id',
    "  LLM_LOG_COLUMNS: phase is read from metadata, which is of type jsonb; it must be text, an enum or a uuid",
  ]);
});

test("a time without a time zone is no start", async () => {
  await database.sql("create table local_log (like llm_run including all)");
  await database.sql("alter table local_log alter started_at type timestamp");

  const [problem] = await problemsOf(logCalled("local_log"));

  expect(problem).toMatch(
    /started_at, which is of type timestamp without time zone; it must be timestamp with/,
  );
  await database.sql("drop table local_log");
});

test("columns of domains and enums are what is behind them", async () => {
  await database.sql("create domain money_amount as numeric(12, 6)");
  await database.sql("create type kind as enum ('discovery')");
  await database.sql("create table typed_log (like llm_run including all)");
  await database.sql("alter table typed_log alter cost_usd type money_amount");
  await database.sql("alter table typed_log alter artifact_type type kind using artifact_type::kind");

  expect(await check(logCalled("typed_log"))).toEqual([]);
  await database.sql("drop table typed_log");
});

test("an index that begins with the start is missed, in a view it is not looked for", async () => {
  await database.sql("create table bare_log (like llm_run)");
  await database.sql("create index on bare_log (status, started_at)");
  await database.sql("create index on bare_log (started_at) where status = 'SUCCESS'");
  await database.sql("create view log_view as select * from llm_run");
  await database.sql("create table parted_log (like llm_run) partition by range (started_at)");
  await database.sql("create index on parted_log (started_at, id)");

  expect(await check(logCalled("bare_log"))).toEqual([
    expect.stringMatching(/^No index of public\.bare_log begins with started_at/),
  ]);
  expect(await check(logCalled("log_view"))).toEqual([]);
  expect(await check(logCalled("parted_log"))).toEqual([]);
  await database.sql("drop table bare_log, parted_log");
  await database.sql("drop view log_view");
});

describe("a role without the right to read", () => {
  test("is told which columns it lacks, and what the owner would have to run", async () => {
    await database.sql("create schema surrounding");
    await database.sql("create table surrounding.llm_run (like llm_run including all)");
    await database.sql("create role metrics_reader");
    await database.sql("grant usage on schema surrounding to metrics_reader");
    await database.sql("grant select (id, cost_usd) on surrounding.llm_run to metrics_reader");
    const problems = await database.store.write(async (db) => {
      await db.execute("set local role metrics_reader");
      return checkLlmLog(db, logCalled("llm_run", {}, "surrounding")).catch((error: Error) => error.message);
    });

    expect(problems).toBe(
      "The LLM log cannot be read:\n  LLM_LOG_TABLE: the role metrics_reader may not read workflow_execution_id, artifact_type, model_provider, model_name, started_at, input_tokens, output_tokens of surrounding.llm_run; let its owner run: grant usage on schema surrounding to metrics_reader; grant select on surrounding.llm_run to metrics_reader;",
    );
    await database.sql("drop schema surrounding cascade");
    await database.sql("drop owned by metrics_reader");
    await database.sql("drop role metrics_reader");
  });
});

test.runIf(onPostgres)("a server whose log cannot be read says so and ends with code 2", async () => {
  const server = await launchProcess({
    DATABASE_URL: database.url ?? "",
    LOG_LEVEL: "warn",
    LLM_LOG_TABLE: "public.llm_rum",
  });

  expect(await server.exited).toBe(2);
  expect(server.output()).toContain(
    "LLM_LOG_TABLE: there is no table or view public.llm_rum in this database",
  );
});
