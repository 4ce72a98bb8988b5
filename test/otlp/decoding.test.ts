import { describe, expect, test } from "vitest";
import type { AttributeName } from "../../src/otlp/attributes.js";
import { type LogRecord, logs, metrics, traces } from "../../src/otlp/signals.js";
import { type SignalName, toProtobuf } from "./protobuf.js";
import { refusal } from "./refused-read.js";
import { fixture, fixtureNames, keyValues, logsOf, recordsOf, spansOf } from "./requests.js";

const signals = { logs, traces, metrics } as const;
const requests: Readonly<Record<SignalName, object>> = {
  logs: fixture("claude-code"),
  traces: spansOf(
    { resource: { "service.name": "an-app" } },
    {
      traceId: "ab".repeat(16),
      spanId: "cd".repeat(8),
      startTimeUnixNano: "1795359197658000000",
      attributes: [],
    },
  ),
  metrics: {
    resourceMetrics: [
      {
        scopeMetrics: [
          { metrics: [{ name: "tokens", sum: { dataPoints: [{ asInt: "5" }], isMonotonic: true } }] },
        ],
      },
    ],
  },
};
const names = Object.keys(signals) as SignalName[];

/** What was read of a record as a plain value: of the attributes those named, and a default like an absence. */
function plain(
  { attributes, origin, path, eventName, time, observedTime, traceId, spanId }: LogRecord,
  keys: readonly string[],
) {
  const read = (from: typeof attributes) => keys.map((key) => from.get(key as AttributeName));
  const own = Object.entries({ eventName, time, observedTime, traceId, spanId }).filter(([, value]) => value);
  return {
    path,
    ...Object.fromEntries(own),
    scope: origin.scopeName,
    own: read(attributes),
    resource: read(origin.resource),
  };
}

const keysOf = (request: ReturnType<typeof fixture>) => [
  ...new Set(
    [...recordsOf(request), ...request.resourceLogs.map(({ resource }) => resource)].flatMap((each) =>
      (each?.attributes ?? []).map(({ key }) => key),
    ),
  ),
];

describe.each(fixtureNames)("the request of %s", (name) => {
  test("means the same in JSON and in protobuf", () => {
    const request = fixture(name);
    const keys = keysOf(request);

    const fromJson = [...logs.fromJson(request)].map((sent) => plain(sent, keys));
    const fromProtobuf = [...logs.fromProtobuf(toProtobuf("logs", request))].map((sent) => plain(sent, keys));

    expect(fromJson).toHaveLength(recordsOf(request).length);
    expect(JSON.stringify(fromJson)).toContain("3f0c0d2e-0000-4000-8000");
    expect(fromProtobuf).toEqual(fromJson);
  });
});

describe.each(names)("a request of %s", (sent) => {
  const others = names.filter((name) => name !== sent);

  test.each(others)("is no request of %s, and in JSON the refusal says where it belongs", (to) => {
    expect(refusal(() => [...signals[to].fromProtobuf(toProtobuf(sent, requests[sent]))])).toMatchObject({
      status: 400,
    });
    expect(refusal(() => [...signals[to].fromJson(requests[sent])])).toMatchObject({
      status: 400,
      message: expect.stringContaining(`must be sent to /v1/${sent}`),
    });
  });

  test("may be empty", () => {
    expect([...signals[sent].fromProtobuf(new Uint8Array())]).toEqual([]);
    expect([...signals[sent].fromJson({})]).toEqual([]);
  });

  test("is one of its own signal in both encodings", () => {
    const fromProtobuf = [...signals[sent].fromProtobuf(toProtobuf(sent, requests[sent]))];

    expect(fromProtobuf).toHaveLength([...signals[sent].fromJson(requests[sent])].length);
    expect(fromProtobuf.length).toBeGreaterThan(0);
  });
});

test("a span of another signal is told by its ids", () => {
  const metric = { name: "a metric without a sum that is none of the fields of a span" };
  const request = { resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] };

  expect(refusal(() => [...traces.fromProtobuf(toProtobuf("metrics", request))])).toMatchObject({
    status: 400,
  });
});

test("attributes are told apart by what they are", () => {
  const numbers = {
    input_tokens: "7",
    output_tokens: "seven",
    cost_usd: "1.5e-2",
    duration_ms: true,
    model: "",
  };
  const request = logsOf({}, { attributes: keyValues({ ...numbers, "session.id": 5 }) });

  for (const [sent] of [[...logs.fromJson(request)], [...logs.fromProtobuf(toProtobuf("logs", request))]]) {
    const read = Object.keys(numbers).map((name) => sent?.attributes.number(name as AttributeName));
    expect(read).toEqual([7, Number.NaN, 0.015, Number.NaN, undefined]);
    expect([sent?.attributes.text("model"), sent?.attributes.text("session.id")]).toEqual([
      undefined,
      undefined,
    ]);
  }
});
