import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { encodings, exportTo, json } from "./exporter.js";
import { type Attributes, captured, logsOf, record } from "./requests.js";

const server = await startTestServer({ clock: captured });

const scope = "com.anthropic.claude_code.events";
const call = {
  "event.name": "api_request",
  request_id: "req_1",
  model: "claude-sonnet-4-5",
  input_tokens: 5,
};
const startedAt = "2026-11-22T14:50:00.000Z";

const claims = () =>
  server.sql(
    "select claimed_execution_id as claimed, ws_execution_id as resolved from llm_calls order by source_key",
  );

const told = (attributes: Attributes, resource: Attributes = {}) =>
  logsOf({ scope, resource }, record({ ...call, ...attributes }));

test("the run that a record names wins over the one of its resource", async () => {
  const [own, outer] = [randomUUID(), randomUUID()];
  const request = logsOf(
    { scope, resource: { ws_execution_id: outer } },
    record({ ...call, request_id: "1", ws_execution_id: own.toUpperCase() }),
    record({ ...call, request_id: "2" }),
  );

  await exportTo(server, "logs", request);

  expect(await claims()).toEqual([
    { claimed: own, resolved: null },
    { claimed: outer, resolved: null },
  ]);
});

test("a call without a run belongs to the run that its session is bound to", async () => {
  const id = randomUUID();
  const start = {
    id,
    ws_id: "WS-1",
    executor: "claude_code",
    executor_session_id: "s-1",
    started_at: startedAt,
  };
  await server.post("/ws-execution", start);

  await exportTo(server, "logs", told({ "session.id": "s-1" }));
  await exportTo(server, "logs", told({ "session.id": "s-2", request_id: "req_2" }));

  expect(await claims()).toEqual([
    { claimed: null, resolved: id },
    { claimed: null, resolved: null },
  ]);
});

test("a call that arrives before its run is attributed when the run does", async () => {
  const id = randomUUID();

  await exportTo(server, "logs", told({ ws_execution_id: id, cost_usd_micros: 5 }));
  await given(server).execution({ id, started_at: startedAt }).inProgress();

  expect(await claims()).toEqual([{ claimed: id, resolved: id }]);
});

describe.each(encodings)("in $encoding an id that is no UUID", (manner) => {
  const warning = {
    status: 200,
    body: {
      partialSuccess: {
        errorMessage: expect.stringMatching(/logRecords\.0: ws_execution_id must be a UUID/),
      },
    },
  };
  const rejectedBy = (body: Record<string, unknown>) =>
    Number((body.partialSuccess as { rejectedLogRecords?: string }).rejectedLogRecords ?? 0);

  test.each<[string, unknown]>([
    ["a word", "WS-1"],
    ["empty", ""],
    ["a number", 5],
    ["a UUID in braces", `{${randomUUID()}}`],
    ["text with NUL", "\0"],
  ])("(%s) leaves the call to its session, with a warning", async (_, id) => {
    const run = randomUUID();
    const start = {
      id: run,
      ws_id: "WS-1",
      executor: "claude_code",
      executor_session_id: "s",
      started_at: startedAt,
    };
    await server.post("/ws-execution", start);

    const answer = await exportTo(
      server,
      "logs",
      told({ ws_execution_id: id as string, "session.id": "s" }),
      manner,
    );

    expect(answer).toMatchObject(warning);
    expect(rejectedBy(answer.body)).toBe(0);
    expect(await claims()).toEqual([{ claimed: null, resolved: run }]);
  });

  test("leaves the call to its resource, with a warning", async () => {
    const outer = randomUUID();

    const answer = await exportTo(
      server,
      "logs",
      told({ ws_execution_id: "WS-1" }, { ws_execution_id: outer }),
      manner,
    );

    expect(answer).toMatchObject(warning);
    expect(await claims()).toEqual([{ claimed: outer, resolved: null }]);
  });
});

test("an id that is not looked at warns nobody", async () => {
  const own = randomUUID();
  const noise = record({ "event.name": "user_prompt", ws_execution_id: "WS-1" });

  const used = await exportTo(
    server,
    "logs",
    told({ ws_execution_id: own }, { ws_execution_id: "WS-1" }),
    json,
  );
  const unused = await exportTo(server, "logs", logsOf({ scope }, noise), json);

  expect([used.body, unused.body]).toEqual([{}, {}]);
});
