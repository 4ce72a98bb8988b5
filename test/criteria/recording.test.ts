import { expect, test } from "vitest";
import { after, noon, second } from "../support/clock.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";

const server = await startTestServer();

const id = "0f8fad5b-d9cb-469f-a165-70867728950e";
const phase = {
  event_id: "550e8400-e29b-41d4-a716-446655440001",
  name: "failing_tests",
  started_at: "2026-02-23T10:00:00.000Z",
  completed_at: "2026-02-23T10:04:30.000Z",
  result: "pass",
  tests_written: 6,
};

const rowsOf = (table: string) => server.sql(`select * from ${table}`);
const eventIds = async () => {
  const rows = await server.sql<{ event_id: string }>("select event_id from ws_phases order by sequence");
  return rows.map(({ event_id }) => event_id);
};

test("criterion 1: a POST to ws-execution creates a database record", async () => {
  const answer = await server.post("/ws-execution", {
    id,
    ws_id: "WS-PIPELINE-001",
    wp_id: "WP-PIPELINE",
    scope_id: "tenant-a",
    executor: "claude_code",
    started_at: "2026-02-23T10:00:00Z",
  });

  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({ id, outcome: "RECORDED", ws_id: "WS-PIPELINE-001", status: "STARTED" });
  const [row, ...others] = await rowsOf("ws_executions");
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    id,
    ws_id: "WS-PIPELINE-001",
    wp_id: "WP-PIPELINE",
    scope_id: "tenant-a",
    executor: "claude_code",
    status: "STARTED",
    started_at: new Date("2026-02-23T10:00:00Z"),
    completed_at: null,
    duration_seconds: null,
    phase_metrics: { phases: [] },
    test_metrics: { written: 0, passing: 0, failing: 0, skipped: 0 },
    file_metrics: { created: [], modified: [], deleted: [] },
    rework_cycles: 0,
    llm_calls: 0,
    llm_tokens_in: 0,
    llm_tokens_out: 0,
    llm_cost_usd: null,
  });
});

test("criterion 2: phase completions append to the phase_metrics document", async () => {
  const run = await given(server).execution({ started_at: "2026-02-23T10:00:00.000Z" }).inProgress();

  const answer = await server.post("/ws-execution", { id: run.id, phase });

  const stored = { ...phase, sequence: 1, duration_seconds: 270 };
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    outcome: "RECORDED",
    phase_outcomes: [{ event_id: phase.event_id, outcome: "RECORDED" }],
    phase_metrics: { phases: [stored] },
  });
  expect(await server.sql("select phase_metrics from ws_executions")).toEqual([
    { phase_metrics: { phases: [stored] } },
  ]);
});

test("criterion 3: a bug fix is linked to its execution by ws_execution_id", async () => {
  const run = await given(server).execution().inProgress();
  const other = await given(server).execution().inProgress();
  const bugFix = {
    id: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    ws_execution_id: run.id,
    scope_id: null,
    description: "Totals were off by one",
    root_cause: "The range included its end",
    test_name: "the range is half-open",
    fix_summary: "Compare with < instead of <=",
    files_modified: ["src/range.ts"],
    autonomous: true,
  };

  const answer = await server.post("/bug-fix", bugFix);

  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({ ...bugFix, created_at: noon, outcome: "RECORDED" });
  expect(await rowsOf("ws_bug_fixes")).toMatchObject([{ ...bugFix, created_at: new Date(noon) }]);
  const linked = await server.get(`/ws-executions/${run.id}`);
  expect(linked.body).toMatchObject({ bug_fixes: [{ ...bugFix, created_at: noon }] });
  const notLinked = await server.get(`/ws-executions/${other.id}`);
  expect(notLinked.body).toMatchObject({ bug_fixes: [] });
});

test("criterion 4: completed_at - started_at gives duration_seconds", async () => {
  const run = await given(server).execution({ started_at: "2026-02-23T10:00:00.500Z" }).inProgress();

  const answer = await server.post("/ws-execution", {
    id: run.id,
    status: "COMPLETED",
    completed_at: "2026-02-23T10:22:00.499Z",
  });

  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    status: "COMPLETED",
    completed_at: "2026-02-23T10:22:00.499Z",
    duration_seconds: 1319,
  });
  expect(await server.sql("select duration_seconds from ws_executions")).toEqual([
    { duration_seconds: 1319 },
  ]);
});

test("criterion 8: a phase completion posted to an existing execution appends, does not overwrite", async () => {
  const run = await given(server).execution({ started_at: phase.started_at }).inProgress();
  await server.post("/ws-execution", { id: run.id, phase });
  const next = {
    event_id: "550e8400-e29b-41d4-a716-446655440002",
    name: "implement",
    started_at: phase.completed_at,
    completed_at: after(phase.completed_at, 810 * second),
    result: "pass",
    files_modified: 4,
  };

  await server.post("/ws-execution", { id: run.id, phase: next });

  const phases = [
    { ...phase, sequence: 1, duration_seconds: 270 },
    { ...next, sequence: 2, duration_seconds: 810 },
  ];
  const { body } = await server.get(`/ws-executions/${run.id}`);
  expect(body).toMatchObject({ phase_metrics: { phases } });
  expect(await server.sql("select phase_metrics from ws_executions")).toEqual([
    { phase_metrics: { phases } },
  ]);
  expect(await eventIds()).toEqual([phase.event_id, next.event_id]);
});

test("criterion 10: a duplicate POST with the same event_id is ignored, not appended twice", async () => {
  const run = await given(server).execution({ started_at: phase.started_at }).inProgress();
  await server.post("/ws-execution", { id: run.id, phase });
  const before = await rowsOf("ws_executions");

  const repeat = await server.post("/ws-execution", { id: run.id, phase });
  const different = await server.post("/ws-execution", { id: run.id, phase: { ...phase, tests_written: 7 } });

  expect(repeat.status).toBe(200);
  expect(repeat.body).toMatchObject({
    outcome: "DUPLICATE",
    phase_outcomes: [{ event_id: phase.event_id, outcome: "DUPLICATE" }],
  });
  expect(different.status).toBe(200);
  expect(different.body).toMatchObject({
    phase_outcomes: [{ event_id: phase.event_id, outcome: "CONFLICT_IGNORED" }],
    phase_metrics: { phases: [{ event_id: phase.event_id, tests_written: 6 }] },
  });
  expect(await eventIds()).toEqual([phase.event_id]);
  expect(await rowsOf("ws_executions")).toEqual(before);
});

test("criterion 11: invalid status values are rejected", async () => {
  const run = await given(server).execution().inProgress();
  const before = await rowsOf("ws_executions");

  const byRest = await server.post("/ws-execution", { id: run.id, status: "DONE" });
  const lowerCase = await server.post("/ws-execution", { id: run.id, status: "completed" });
  const filter = await server.get("/ws-executions?status=DONE");
  const byGraphql = await server.graphql(
    "mutation ($input: UpdateExecutionInput!) { updateExecution(input: $input) { outcome } }",
    { input: { id: run.id, status: "DONE" } },
  );

  for (const refused of [byRest, lowerCase, filter]) {
    expect(refused.status).toBe(422);
    expect(refused.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(refused.body).toMatchObject({ code: "BAD_USER_INPUT" });
  }
  for (const valid of ["STARTED", "COMPLETED", "FAILED", "HARD_STOP", "BLOCKED"]) {
    expect(byRest.body).toMatchObject({
      errors: [{ path: "status", message: expect.stringContaining(valid) }],
    });
  }
  expect(byGraphql.body.errors?.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
  expect(await rowsOf("ws_executions")).toEqual(before);
  await expect(server.sql("update ws_executions set status = 'DONE'")).rejects.toThrow(
    /ws_executions_status_known/,
  );
});

test("criterion 12: invalid phase names are rejected", async () => {
  const run = await given(server).execution().inProgress();

  const one = await server.post("/ws-execution", { id: run.id, phase: { ...phase, name: "deploy" } });
  const many = await server.post("/ws-execution", {
    id: run.id,
    phase_metrics: { phases: [phase, { ...phase, event_id: "another", name: "deploy" }] },
  });
  const byGraphql = await server.graphql(
    "mutation ($input: RecordPhaseInput!) { recordPhase(input: $input) { outcome } }",
    { input: { executionId: run.id, name: "DEPLOY", startedAt: phase.started_at } },
  );

  expect(one.status).toBe(422);
  for (const valid of ["failing_tests", "implement", "verify", "do_no_harm_audit"]) {
    expect(one.body).toMatchObject({
      code: "BAD_USER_INPUT",
      errors: [{ path: "phase.name", message: expect.stringContaining(valid) }],
    });
  }
  expect(many.status).toBe(422);
  expect(many.body).toMatchObject({
    code: "BAD_USER_INPUT",
    errors: [{ path: "phase_metrics.phases.1.name" }],
  });
  expect(byGraphql.body.errors?.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
  expect(await rowsOf("ws_phases")).toEqual([]);
  expect(await server.sql("select phase_metrics from ws_executions")).toEqual([
    { phase_metrics: { phases: [] } },
  ]);
});
