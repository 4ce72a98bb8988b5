import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { finalStatuses } from "../src/vocabulary.js";
import { after, hour, minute, noon } from "./support/clock.js";
import { given } from "./support/given.js";
import { startTestServer } from "./support/server.js";

const server = await startTestServer();
const run = { ws_id: "WS-1", executor: "claude_code" };

test.each(finalStatuses)("a run that is reported %s without its end ended now", async (status) => {
  const { status: code, body } = await server.post("/ws-execution", {
    ...run,
    status,
    started_at: after(noon, -hour),
  });

  expect(code).toBe(201);
  expect(body).toMatchObject({ status, completed_at: noon, duration_seconds: 3600 });
});

test("a run that starts ahead of the server's clock ends no earlier than it starts", async () => {
  const { body } = await server.post("/ws-execution", {
    ...run,
    status: "COMPLETED",
    started_at: after(noon, minute),
  });

  expect(body).toMatchObject({ completed_at: after(noon, minute), duration_seconds: 0 });
});

test("a known run that is reported finished with its start ended now", async () => {
  const { id } = await given(server)
    .execution({ started_at: after(noon, -hour) })
    .inProgress();

  const { status, body } = await server.post("/ws-execution", {
    id,
    ...run,
    status: "FAILED",
    started_at: after(noon, -minute),
  });

  expect(status).toBe(200);
  expect(body).toMatchObject({ status: "FAILED", completed_at: noon, duration_seconds: 60 });
});

test.each([
  ["A, B, C", [0, 1, 2]],
  ["C, A, B", [2, 0, 1]],
  ["A, C, B", [0, 2, 1]],
])("two openings and a close of one phase make the same phase in the order %s", async (_, order) => {
  const id = randomUUID();
  await given(server).execution({ id }).inProgress();
  const phase = { event_id: "one", name: "verify", started_at: after(noon, -hour) };
  const events = [
    { ...phase, tests_written: 1 },
    { ...phase, tests_passing: 2 },
    { ...phase, completed_at: after(noon, -minute), result: "pass" },
  ];

  for (const index of order) await server.post("/ws-execution", { id, phase: events[index] });

  const { body } = await server.get<{ phase_metrics: object }>(`/ws-executions/${id}`);
  expect(body.phase_metrics).toEqual({
    phases: [
      {
        event_id: "one",
        sequence: 1,
        name: "verify",
        started_at: after(noon, -hour),
        completed_at: after(noon, -minute),
        duration_seconds: 3540,
        result: "pass",
        tests_written: 1,
        tests_passing: 2,
      },
    ],
  });
});
