import { afterAll, expect, onTestFinished, test } from "vitest";
import { openTestDatabase } from "../support/database.js";
import { type Fact, Ledger } from "./ledger.js";
import { faultsOf } from "./table.js";
import { judge } from "./verdict.js";

const id = "5d6df4a2-d9ea-4f01-926c-539de520314c";
const at = "2025-01-01T00:00:00.000Z";
const run: Fact = { kind: "run", key: id, at };
const phase: Fact = { kind: "phase", key: `${id} event-1`, at };
const call: Fact = { kind: "call", key: "call-1", at };
const bugFix: Fact = { kind: "bug fix", key: id };

const recorded = `
  insert into ws_executions (id, ws_id, executor, started_at, logged_call_count, logged_cost_usd, phase_metrics) values
    ('${id}', 'WS-1', 'writer', '${at}', 1, 0.5, '{"phases": [
      {"event_id": "event-1", "sequence": 1, "name": "verify", "result": null, "started_at": "${at}"}]}');
  insert into ws_phases (ws_execution_id, event_id, sequence, name, started_at) values
    ('${id}', 'event-1', 1, 'verify', '${at}');
  insert into llm_calls (source_key, source, claimed_execution_id, ws_execution_id, model, started_at, reported_cost_usd)
    values ('call-1', 'api', '${id}', '${id}', 'a-model', '${at}', 0.5);
  insert into ws_bug_fixes (id, ws_execution_id, description, root_cause, test_name, fix_summary, autonomous) values
    ('${id}', '${id}', '', '', '', '', true)`;

const { sql, close } = await openTestDatabase();
afterAll(close);

/** What is found after `changes` to a database that holds what four facts say, all of them acknowledged. */
async function verdictAfter(...changes: readonly string[]) {
  await sql("begin");
  onTestFinished(async () => {
    await sql("rollback");
  });
  const ledger = new Ledger();
  ledger.send([run, phase, call, bugFix]);
  ledger.acknowledge([run, phase, call, bugFix]);
  for (const statement of [...recorded.split(";"), ...changes]) await sql(statement);
  return judge(sql, ledger);
}

test("what is stored as it was told is neither lost nor doubled, and breaks no rule", async () => {
  const verdict = await verdictAfter();

  expect(verdict).toEqual({ lost: [], doubled: [], broken: [] });
});

test("what was acknowledged and is not stored is lost", async () => {
  const verdict = await verdictAfter(
    "delete from llm_calls",
    "delete from ws_bug_fixes",
    "update ws_executions set logged_call_count = 0, logged_cost_usd = null",
  );

  expect(verdict).toEqual({ lost: [bugFix, call], doubled: [], broken: [] });
});

test("a phase that stands in a table or in the document of its run only is lost", async () => {
  const verdict = await verdictAfter("delete from ws_phases");

  expect(verdict).toEqual({
    lost: [phase],
    doubled: [],
    broken: ["1 times not: the document of a run shows exactly its phases"],
  });
});

test("a row that is stored twice is doubled, and what sums it up is broken", async () => {
  const verdict = await verdictAfter(
    "alter table llm_calls drop constraint llm_calls_pkey",
    "insert into llm_calls (source_key, source, claimed_execution_id, ws_execution_id, model, started_at, reported_cost_usd) select source_key, source, claimed_execution_id, ws_execution_id, model, started_at, reported_cost_usd from llm_calls",
  );

  expect(verdict).toEqual({
    lost: [],
    doubled: ["call call-1"],
    broken: ["1 times not: the sums of a run are those of its calls"],
  });
});

test("a phase that stands twice in the document of its run is doubled", async () => {
  const verdict = await verdictAfter(
    `update ws_executions set phase_metrics = jsonb_set(phase_metrics, '{phases,1}', phase_metrics #> '{phases,0}', true)`,
  );

  expect(verdict).toEqual({
    lost: [],
    doubled: [`phase ${id} event-1`],
    broken: ["1 times not: the document of a run shows exactly its phases"],
  });
});

test("a call that is counted twice breaks the sums of its run", async () => {
  const verdict = await verdictAfter("update ws_executions set logged_cost_usd = 1");

  expect(verdict.broken).toEqual(["1 times not: the sums of a run are those of its calls"]);
});

test("a change of kept sums that is missing breaks them", async () => {
  const verdict = await verdictAfter("update run_sum_changes set cost_usd = 0");

  expect(verdict.broken).toEqual([
    "1 times not: the kept sums of runs, with the changes that wait, are those of the runs",
  ]);
});

test("what nobody told, and what is stored at another time than it was told, is noticed", async () => {
  const verdict = await verdictAfter(
    "update llm_calls set source_key = 'call-2'",
    "update ws_phases set started_at = '2025-01-01T00:00:00.001Z'",
  );

  expect(verdict).toEqual({
    lost: [call],
    doubled: [],
    broken: [
      `phase ${id} event-1 was told to be at ${at}, and is stored at 2025-01-01T00:00:00.001Z`,
      "nobody told of call call-2",
    ],
  });
});

test("whatever is lost, doubled, broken or violated makes a case fail", () => {
  const nothing = { lost: [], doubled: [], broken: [], violations: [], log: [] };
  const figures = { acknowledged: 1, unknown: 0, longestGapMs: 0, recoveryMs: 0, tookMs: 0 };
  const faultsWith = (some: object) => faultsOf({ ...nothing, ...figures, ...some });

  expect(faultsWith({})).toEqual([]);
  expect(faultsWith({ lost: [run] })).toEqual([`lost 1: run ${id}`]);
  expect(faultsWith({ doubled: ["call call-1"] })).toEqual(["stored twice 1: call call-1"]);
  expect(faultsWith({ broken: ["a rule"], violations: ["a sentence"] })).toEqual(["a rule", "a sentence"]);
});
