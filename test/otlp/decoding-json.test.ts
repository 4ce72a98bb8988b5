import { describe, expect, test } from "vitest";
import { logs } from "../../src/otlp/signals.js";
import { refusal } from "./refused-read.js";
import { logsOf, record } from "./requests.js";

describe("JSON", () => {
  const read = (request: unknown) => [...logs.fromJson(request)];

  test.each([
    {},
    { resourceLogs: null },
    { resourceLogs: [] },
    { resourceLogs: [{}] },
    { resourceLogs: [{ scopeLogs: [{}] }] },
  ])("%j is an empty request", (request) => {
    expect(read(request)).toEqual([]);
  });

  test("is read whatever else it holds, with integers as numbers or digits, and unset values", () => {
    const attributes = [
      { key: "input_tokens", value: { intValue: "5", later: 1 }, later: {} },
      { key: "output_tokens", value: { intValue: 6 } },
      { key: "cost_usd", value: { doubleValue: "NaN" } },
      { key: "model", value: {} },
      { key: "request_id" },
      { value: { stringValue: "nameless" } },
      { key: "prompt", value: "nobody looks" },
    ];
    const logRecord = { timeUnixNano: 1795359197658000000, severityNumber: "INFO", attributes, later: [] };
    const [sent] = read({
      resourceLogs: [{ scopeLogs: [{ logRecords: [logRecord], later: 1 }] }],
      later: null,
    });

    expect(sent).toMatchObject({ time: 1795359197658000, path: "resourceLogs.0.scopeLogs.0.logRecords.0" });
    const told = ["input_tokens", "output_tokens", "cost_usd", "model", "request_id"] as const;
    expect(told.map((key) => sent?.attributes.get(key))).toEqual([5, 6, Number.NaN, undefined, undefined]);
  });

  test.each([
    ["0123456789ABCDEF0123456789abcdef", "0123456789abcdef0123456789abcdef"],
    ["0".repeat(32), ""],
    ["0123", ""],
    ["ASNFZ4mrze8BI0VniavN7w==", ""],
  ])("the trace id %s is read as %j", (traceId, expected) => {
    const [sent] = read(logsOf({}, record({}, { traceId })));

    expect(sent?.traceId).toBe(expected);
  });

  const inRecord = (logRecord: object) => ({ resourceLogs: [{ scopeLogs: [{ logRecords: [logRecord] }] }] });
  const inAttribute = (value: unknown) => inRecord({ attributes: [{ key: "model", value }] });
  const at = "resourceLogs.0.scopeLogs.0.logRecords.0";
  test.each<[string, unknown, string]>([
    ["a list", [], "must be an object"],
    ["a text", "resourceLogs", "must be an object"],
    ["null", null, "must be an object"],
    ["resources that are no list", { resourceLogs: {} }, "resourceLogs: must be a list"],
    ["a resource that is no object", { resourceLogs: [5] }, "resourceLogs.0: must be an object"],
    ["null among resources", { resourceLogs: [null] }, "resourceLogs.0: must be an object"],
    [
      "scopes that are no list",
      { resourceLogs: [{ scopeLogs: "x" }] },
      "resourceLogs.0.scopeLogs: must be a list",
    ],
    [
      "records that are no list",
      { resourceLogs: [{ scopeLogs: [{ logRecords: true }] }] },
      `${at.slice(0, -2)}: must be a list`,
    ],
    ["a record that is no object", inRecord([]), `${at}: must be an object`],
    [
      "a time that is no number",
      inRecord({ timeUnixNano: "yesterday" }),
      `${at}.timeUnixNano: must be nanoseconds`,
    ],
    ["a negative time", inRecord({ timeUnixNano: -1 }), `${at}.timeUnixNano: must be nanoseconds`],
    ["a trace id that is no text", inRecord({ traceId: 5 }), `${at}.traceId: must be a string`],
    ["an event name that is no text", inRecord({ eventName: {} }), `${at}.eventName: must be a string`],
    [
      "attributes that are no list",
      inRecord({ attributes: { model: "x" } }),
      `${at}.attributes: must be a list`,
    ],
    [
      "an attribute that is no object",
      inRecord({ attributes: ["model"] }),
      `${at}.attributes.0: must be an object`,
    ],
    [
      "a key that is no text",
      inRecord({ attributes: [{ key: 5 }] }),
      `${at}.attributes.0.key: must be a string`,
    ],
    ["a value that is no object", inAttribute("x"), `${at}.attributes.0.value: must be an object`],
    [
      "a text that is none",
      inAttribute({ stringValue: 5 }),
      `${at}.attributes.0.value.stringValue: must be a string`,
    ],
    [
      "an integer that is none",
      inAttribute({ intValue: 1.5 }),
      `${at}.attributes.0.value.intValue: must be a whole`,
    ],
    [
      "an integer in words",
      inAttribute({ intValue: "five" }),
      `${at}.attributes.0.value.intValue: must be a whole`,
    ],
    [
      "a double in words",
      inAttribute({ doubleValue: "five" }),
      `${at}.attributes.0.value.doubleValue: must be a number`,
    ],
    [
      "a flag that is none",
      inAttribute({ boolValue: 0 }),
      `${at}.attributes.0.value.boolValue: must be true or false`,
    ],
  ])("with %s is refused with its path", (_, request, message) => {
    expect(refusal(() => read(request))).toEqual({
      code: "BAD_USER_INPUT",
      status: 400,
      message: expect.stringMatching(`^${message}`),
    });
  });
});
