import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { encodings, exportTo, json, manners, protobuf } from "./exporter.js";
import {
  captured,
  fixture,
  fixtureNames,
  keyValues,
  logsOf,
  nanoseconds,
  record,
  recordsOf,
  spansOf,
  together,
  withRecords,
} from "./requests.js";
import { storedCalls } from "./stored-calls.js";

const server = await startTestServer({ clock: captured });

const spend = () => server.sql("select count(*) as calls, sum(cost_usd)::text as usd from llm_calls");

describe.each(fixtureNames)("what %s sends changes nothing when it is sent again", (name) => {
  const request = fixture(name);
  const records = recordsOf(request);
  const half = Math.floor(records.length / 2);

  test("ten times, and ten times at once", async () => {
    await exportTo(server, "logs", request);
    const once = await storedCalls(server);

    for (let time = 0; time < 9; time += 1) await exportTo(server, "logs", request);
    const answers = await Promise.all(Array.from({ length: 10 }, () => exportTo(server, "logs", request)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(once).toHaveLength(1);
    expect(await storedCalls(server)).toEqual(once);
  });

  test("in any encoding, packed or not, with its length or without", async () => {
    await exportTo(server, "logs", request, json);
    const once = await storedCalls(server);

    for (const manner of manners)
      expect(await exportTo(server, "logs", request, manner), JSON.stringify(manner)).toMatchObject({
        status: 200,
        body: {},
      });

    expect(await storedCalls(server)).toEqual(once);
  });

  test("in halves, backwards, and several times in one request", async () => {
    const shuffled = [
      withRecords(request, records.slice(half)),
      withRecords(request, records.slice(0, half)),
      withRecords(request, records.toReversed()),
      together(request, withRecords(request, [...records, ...records])),
    ];

    for (const [index, part] of shuffled.entries())
      await exportTo(server, "logs", part, index % 2 === 0 ? protobuf : json);
    const stored = await storedCalls(server);
    await server.reset();
    await exportTo(server, "logs", request);

    expect(stored).toHaveLength(1);
    expect(stored).toEqual(await storedCalls(server));
  });
});

test("all of them in one request are their three calls", async () => {
  await exportTo(server, "logs", together(...fixtureNames.map(fixture)), protobuf);

  expect(await spend()).toEqual([{ calls: 3, usd: "0.024760" }]);
});

describe.each(encodings)("in $encoding", (manner) => {
  const origin = { scope: "com.anthropic.claude_code.events" };
  const request = {
    "event.name": "api_request",
    "session.id": "s",
    model: "claude-sonnet-4-5",
    input_tokens: 5,
  };

  test("calls without a request id are kept apart although a resumed session counts from zero again", async () => {
    const first = record({ ...request, "event.sequence": 5 });
    const resumed = record(
      { ...request, "event.sequence": 5 },
      { timeUnixNano: nanoseconds("2026-11-22T15:10:00.000Z") },
    );

    await exportTo(server, "logs", logsOf(origin, first), manner);
    await exportTo(server, "logs", logsOf(origin, first, resumed), manner);

    expect(await spend()).toMatchObject([{ calls: 2 }]);
  });

  test("a log record and a span of one call are one call, whichever comes first", async () => {
    const ids = { traceId: "0AF7651916CD43DD8448EB211C80319C", spanId: "b7ad6b7169203331" };
    const usage = {
      "gen_ai.request.model": "gpt-5",
      "gen_ai.usage.input_tokens": 10,
      "gen_ai.operation.name": "chat",
    };
    const logs = logsOf(
      {},
      record({ ...usage, "event.name": "gen_ai.client.inference.operation.details" }, ids),
    );
    const times = { startTimeUnixNano: nanoseconds("2026-11-22T15:00:00.000Z") };
    const spans = spansOf({}, { ...ids, ...times, attributes: keyValues(usage) });

    await exportTo(server, "traces", spans, manner);
    const once = await storedCalls(server);
    await exportTo(server, "logs", logs, manner);
    await exportTo(server, "traces", spans, json);

    expect(once).toMatchObject([
      { source_key: `gen_ai:${ids.traceId.toLowerCase()}:${ids.spanId}`, input_tokens: 10 },
    ]);
    expect(await storedCalls(server)).toEqual(once);
  });
});

test("a time in digits, as a number, or of the observation only, is the same time", async () => {
  const timeUnixNano = nanoseconds("2026-11-22T15:00:00.001Z");
  const times = [
    { timeUnixNano },
    { timeUnixNano: Number(timeUnixNano) },
    { timeUnixNano: "0", observedTimeUnixNano: timeUnixNano },
  ];
  const call = {
    "event.name": "api_request",
    "session.id": "s",
    "event.sequence": 5,
    model: "claude-sonnet-4-5",
  };

  for (const time of times)
    await exportTo(server, "logs", logsOf({ scope: "com.anthropic.claude_code.events" }, record(call, time)));

  expect(await storedCalls(server)).toMatchObject([{ started_at: new Date("2026-11-22T15:00:00.001Z") }]);
});
