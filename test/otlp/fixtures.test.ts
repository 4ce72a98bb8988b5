import { describe, expect, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { encodings, exportTo } from "./exporter.js";
import { captured, type FixtureName, fixture, fixtureNames, recordsOf, withRecords } from "./requests.js";
import { storedCalls } from "./stored-calls.js";

const server = await startTestServer({ clock: captured });

/** The one call that each request tells of. */
const calls: Readonly<Record<FixtureName, Readonly<Record<string, unknown>>>> = {
  "claude-code": {
    source_key: "claude_code:req_mock_1",
    claimed_execution_id: "3f0c0d2e-0000-4000-8000-000000000001",
    executor_session_id: "81d24beb-4087-4537-876a-a8c60a7ab69c",
    provider: "anthropic",
    model: "claude-sonnet-4-5",
    started_at: new Date("2026-11-22T14:53:18.100Z"),
    input_tokens: 120,
    cache_read_tokens: 30_000,
    cache_write_5m_tokens: 1_500,
    cache_write_1h_tokens: 500,
    output_tokens: 45,
    reported_cost_usd: "0.018660",
  },
  codex: {
    source_key: "codex:82c91c83b4c5a285a811e947b9fb5c8e65004910f891ccd49731a0e0cb84b020",
    claimed_execution_id: "3f0c0d2e-0000-4000-8000-000000000002",
    executor_session_id: "01a203cb-3886-75a1-9302-69cc40a85f01",
    provider: "openai",
    model: "gpt-5.5",
    started_at: new Date("2026-11-22T15:06:19.786Z"),
    input_tokens: 600,
    cache_read_tokens: 400,
    cache_write_5m_tokens: 0,
    cache_write_1h_tokens: null,
    output_tokens: 50,
    reported_cost_usd: null,
  },
  "gemini-cli": {
    source_key: "gemini_cli:3696f8174c8fc4ce2c54d32ccffbdd7f20548a8dce18261d4227b905baf29d0b",
    claimed_execution_id: "3f0c0d2e-0000-4000-8000-000000000003",
    executor_session_id: "68256572-be3e-4079-8f37-195a2ed77e96",
    provider: "google",
    model: "gemini-2.5-pro",
    started_at: new Date("2026-11-22T15:06:24.216Z"),
    input_tokens: 600,
    cache_read_tokens: 400,
    cache_write_5m_tokens: null,
    cache_write_1h_tokens: null,
    output_tokens: 60,
    reported_cost_usd: null,
  },
};

/** What the tokens cost at the prices of the day. */
const costs: Readonly<Record<FixtureName, number>> = {
  "claude-code": 0.01866,
  codex: 0.0047,
  "gemini-cli": 0.0014,
};

describe.each(fixtureNames)("what %s sends", (name) => {
  test.each(encodings)("tells of one call in $encoding", async (manner) => {
    const answer = await exportTo(server, "logs", fixture(name), manner);

    expect(answer).toMatchObject({ status: 200, body: {} });
    expect(Object.keys(answer.body)).toEqual([]);
    expect(await storedCalls(server)).toEqual([{ ...calls[name], source: "otlp", ws_execution_id: null }]);
  });

  test("costs what the run it belongs to is shown to cost", async () => {
    const id = String(calls[name].claimed_execution_id);
    await given(server).execution({ id, started_at: "2026-11-22T14:50:00.000Z" }).inProgress();

    await exportTo(server, "logs", fixture(name));

    const run = await server.get(`/ws-executions/${id}`);
    const cost = { source: "LLM_LOG", total_usd: costs[name], call_count: 1, unpriced_call_count: 0 };
    expect(run.body).toMatchObject({ cost });
  });
});

test("what Claude Code sends costs the same when it reports no cost", async () => {
  const request = fixture("claude-code");
  const records = recordsOf(request).map((record) => ({
    ...record,
    attributes: record.attributes.filter(({ key }) => !key.startsWith("cost_usd")),
  }));

  await exportTo(server, "logs", withRecords(request, records));

  const stored = await server.sql("select reported_cost_usd, computed_cost_usd, cost_usd from llm_calls");
  expect(stored).toEqual([{ reported_cost_usd: null, computed_cost_usd: "0.018660", cost_usd: "0.018660" }]);
});
