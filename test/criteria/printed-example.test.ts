import { expect, test } from "vitest";
import { startTestServer } from "../support/server.js";

const server = await startTestServer();

/** The document of the specification, letter for letter. */
const printed = `{
  "phases": [
    {
      "event_id": "550e8400-e29b-41d4-a716-446655440001",
      "sequence": 1,
      "name": "failing_tests",
      "started_at": "2026-02-23T10:00:00Z",
      "completed_at": "2026-02-23T10:04:30Z",
      "duration_seconds": 270,
      "result": "pass",
      "tests_written": 6
    },
    {
      "event_id": "550e8400-e29b-41d4-a716-446655440002",
      "sequence": 2,
      "name": "implement",
      "started_at": "2026-02-23T10:04:30Z",
      "completed_at": "2026-02-23T10:18:00Z",
      "duration_seconds": 810,
      "result": "pass",
      "files_modified": 4
    },
    {
      "event_id": "550e8400-e29b-41d4-a716-446655440003",
      "sequence": 3,
      "name": "verify",
      "started_at": "2026-02-23T10:18:00Z",
      "completed_at": "2026-02-23T10:22:00Z",
      "duration_seconds": 240,
      "result": "pass",
      "tests_passing": 6,
      "tests_failing": 0
    }
  ]
}`;

/** Times come back in UTC with milliseconds; nothing else changes. */
const stored: unknown = JSON.parse(printed.replaceAll(/(T\d\d:\d\d:\d\d)Z/g, "$1.000Z"));

test("the printed phase_metrics document is stored and read back as it was sent", async () => {
  const id = "0f8fad5b-d9cb-469f-a165-70867728950e";

  const posted = await server.fetch("/api/v1/metrics/ws-execution", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: `{ "id": "${id}", "ws_id": "WS-PIPELINE-001", "executor": "claude_code", "phase_metrics": ${printed} }`,
  });

  expect(posted.status).toBe(201);
  expect(posted.body.phase_metrics).toEqual(stored);
  expect(posted.body.phase_outcomes).toEqual(
    ["1", "2", "3"].map((digit) => ({
      event_id: `550e8400-e29b-41d4-a716-44665544000${digit}`,
      outcome: "RECORDED",
    })),
  );
  const read = await server.get(`/ws-executions/${id}`);
  expect(read.body.phase_metrics).toEqual(stored);
  expect(read.body.test_metrics).toEqual({ written: 6, passing: 6, failing: 0, skipped: 0 });
  expect(await server.sql("select phase_metrics from ws_executions")).toEqual([{ phase_metrics: stored }]);
});
