import type { Fields, Report } from "./reports.js";

/** A report that is valid but for some fields; `errors` says which are complained about, and how. */
export interface ReportCase {
  readonly name: string;
  readonly on: Report;
  readonly fields: Fields;
  readonly errors: Readonly<Record<string, RegExp>>;
}

const required = /^is required/;
const string = /must be a string/;
const object = /must be an object/;
const count = /must be a whole number from 0 to 2147483647/;
const usd = /must be (an amount from 0 to 999999.999999 with at most 6 decimals|a number of US dollars)/;
const instant = /must be an RFC 3339 time with an offset, such as 2026-02-23T10:00:00Z/;
const uuid = /must be a UUID/;
const unknown = /is not a field/;
const nul = /must not contain the NUL character/;
const surrogate = /must be well-formed Unicode, without lone surrogates/;
const mark = /must not begin with a byte order mark \(U\+FEFF\)/;
const empty = /must not be empty/;
const atMost = (limit: number) => new RegExp(`must have at most ${limit} `);
const emoji = "😀";

/** One complaint, `at` a field or inside it, about a field that has one wrong value. */
function wrong(on: Report, path: string, value: unknown, says: RegExp, about: string, at = path): ReportCase {
  const [outer = path, inner] = path.split(".");
  const fields = { [outer]: inner === undefined ? value : { [inner]: value } };
  return { name: `${on}: ${path} ${about}`, on, fields, errors: { [at]: says } };
}

const types: readonly ReportCase[] = [
  wrong("start", "ws_id", 5, string, "as a number"),
  wrong("start", "ws_id", ["WS-2"], string, "as a list"),
  wrong("start", "ws_id", null, required, "as null"),
  wrong("start", "executor", undefined, required, "missing"),
  wrong("start", "wp_id", {}, string, "as an object"),
  wrong("start", "id", "42", uuid, "that is no UUID"),
  wrong("start", "id", "{0f8fad5b-d9cb-469f-a165-70867728950e}", uuid, "in braces"),
  wrong("update", "id", 42, uuid, "as a number"),
  wrong("update", "id", "nope", uuid, "that is no UUID"),
  wrong("update", "test_metrics", "none", object, "as a string"),
  wrong("update", "test_metrics", [[]], object, "as a list"),
  wrong("update", "file_metrics", 5, object, "as a number"),
  wrong("update", "file_metrics.created", [1], string, "of numbers", "file_metrics.created.0"),
  wrong("update", "file_metrics.created", [null], required, "of nulls", "file_metrics.created.0"),
  wrong("phase", "name", undefined, required, "missing"),
  wrong("phase", "started_at", null, required, "as null"),
  wrong("bugFix", "ws_execution_id", undefined, required, "missing"),
  wrong("bugFix", "ws_execution_id", "WS-1", uuid, "that is no UUID"),
  wrong("bugFix", "id", "fix-1", uuid, "that is no UUID"),
  wrong("bugFix", "autonomous", "yes", /must be true or false/, "as a string"),
  wrong("bugFix", "autonomous", undefined, required, "missing"),
  {
    name: "start: nothing at all",
    on: "start",
    fields: { ws_id: undefined, executor: undefined },
    errors: { ws_id: required, executor: required },
  },
  {
    name: "bugFix: several required fields missing",
    on: "bugFix",
    fields: { description: undefined, root_cause: null, test_name: undefined, fix_summary: undefined },
    errors: { description: required, root_cause: required, test_name: required, fix_summary: required },
  },
];

const names: readonly ReportCase[] = [
  wrong("start", "foo", 1, unknown, "is unknown"),
  wrong("update", "duration_seconds", 1, unknown, "is the server's to compute"),
  wrong("update", "test_metrics.passed", 1, unknown, "is unknown"),
  wrong("phase", "outcome", "pass", unknown, "is unknown"),
  wrong("bugFix", "created_at", "2026-02-23T10:00:00Z", unknown, "is the server's to set"),
  wrong("start", "__proto__", { wp_id: "WP-1" }, unknown, "is unknown"),
  wrong("start", "constructor", { prototype: { wp_id: "WP-1" } }, unknown, "is unknown"),
  wrong("update", "test_metrics.__proto__", { written: 1 }, unknown, "is unknown"),
  {
    name: "update: several unknown fields",
    on: "update",
    fields: { foo: 1, bar: null },
    errors: { foo: unknown, bar: unknown },
  },
];

const words: readonly ReportCase[] = [
  wrong("update", "status", "DONE", /STARTED, COMPLETED, FAILED, HARD_STOP, BLOCKED/, "that is no status"),
  wrong("update", "status", "completed", /STARTED, COMPLETED, FAILED, HARD_STOP, BLOCKED/, "in lower case"),
  wrong("complete", "status", 1, /COMPLETED, FAILED, HARD_STOP/, "as a number"),
  wrong("phase", "name", "deploy", /failing_tests, implement, verify, do_no_harm_audit/i, "that is no phase"),
  wrong("phase", "result", "passed", /pass, fail, skipped/i, "that is no result"),
];

const numbers: readonly ReportCase[] = [
  wrong("update", "rework_cycles", -1, count, "below 0"),
  wrong("update", "rework_cycles", 1.5, count, "as a fraction"),
  wrong("update", "rework_cycles", "3", count, "as a string"),
  wrong("update", "llm_calls", 2_147_483_648, count, "of 2^31"),
  wrong("update", "llm_tokens_in", 2 ** 53, count, "of 2^53"),
  wrong("update", "llm_tokens_out", 1e300, count, "beyond any integer"),
  wrong("update", "llm_tokens_out", true, count, "as a boolean"),
  wrong("update", "test_metrics.written", -1, count, "below 0"),
  wrong("complete", "test_metrics.failing", 0.5, count, "as a fraction"),
  wrong("phase", "tests_written", -1, count, "below 0"),
  wrong("phase", "files_modified", 2_147_483_648, count, "of 2^31"),
  wrong("phase", "duration_seconds", -1, count, "below 0"),
  wrong("phase", "sequence", 0, /must be a whole number from 1 /, "below 1"),
  wrong("phase", "sequence", 2_147_483_648, /must be a whole number from /, "of 2^31"),
  wrong("phase", "sequence", 1.5, /must be a whole number/, "as a fraction"),
  wrong("update", "llm_cost_usd", 1.1234567, usd, "with 7 decimals"),
  wrong("update", "llm_cost_usd", -0.01, usd, "below 0"),
  wrong("update", "llm_cost_usd", 1_000_000, usd, "of a million"),
  wrong("complete", "llm_cost_usd", 1e300, usd, "beyond any amount"),
  wrong("update", "llm_cost_usd", "1.50", usd, "as a string"),
  {
    name: "update: many wrong values",
    on: "update",
    fields: { rework_cycles: -1, llm_calls: 1.5, llm_cost_usd: 0.1234567, test_metrics: { written: -1 } },
    errors: { rework_cycles: count, llm_calls: count, llm_cost_usd: usd, "test_metrics.written": count },
  },
  {
    name: "update: many wrong types",
    on: "update",
    fields: { llm_cost_usd: "1", status: "DONE", test_metrics: { written: "1", passed: 1 } },
    errors: {
      llm_cost_usd: usd,
      status: /must be one of/,
      "test_metrics.written": count,
      "test_metrics.passed": unknown,
    },
  },
];

const texts: readonly ReportCase[] = [
  wrong("start", "ws_id", "", empty, "that is empty"),
  wrong("start", "ws_id", "a\0b", nul, "with NUL"),
  wrong("start", "wp_id", "\ud800", surrogate, "with a lone high surrogate"),
  wrong("start", "scope_id", "a\udc00b", surrogate, "with a lone low surrogate"),
  wrong("start", "executor", emoji.repeat(65), atMost(64), "of 65 characters"),
  wrong("start", "ws_id", emoji.repeat(257), atMost(256), "of 257 emojis"),
  wrong("start", "executor_session_id", "a".repeat(257), atMost(256), "of 257 characters"),
  wrong("update", "llm_model", "", empty, "that is empty"),
  wrong("phase", "event_id", "", empty, "that is empty"),
  wrong("phase", "event_id", "e".repeat(129), atMost(128), "of 129 characters"),
  wrong("phase", "event_id", "\0", nul, "with NUL"),
  wrong("bugFix", "description", emoji.repeat(10_001), atMost(10_000), "of 10,001 emojis"),
  wrong("bugFix", "fix_summary", "\0", nul, "with NUL"),
  wrong("bugFix", "test_name", "\udfff", surrogate, "with a lone surrogate"),
  wrong("start", "ws_id", "\ufeffWS-1", mark, "that begins with a byte order mark"),
  wrong("bugFix", "description", "\ufeff", mark, "that is a byte order mark"),
  wrong("bugFix", "files_modified", ["a\0"], nul, "with NUL", "files_modified.0"),
  wrong("update", "file_metrics.created", ["a", ""], empty, "with an empty path", "file_metrics.created.1"),
  wrong(
    "update",
    "file_metrics.deleted",
    ["p".repeat(4_097)],
    atMost(4_096),
    "with a path of 4,097 characters",
    "file_metrics.deleted.0",
  ),
  wrong("update", "file_metrics.modified", Array(10_001).fill("a"), atMost(10_000), "with 10,001 paths"),
];

const times: readonly ReportCase[] = [
  wrong("start", "started_at", "2026-02-23T10:00:00", instant, "without an offset"),
  wrong("start", "started_at", "2026-02-23", instant, "as a mere date"),
  wrong("start", "started_at", "2026-02-30T10:00:00Z", instant, "on February 30"),
  wrong("start", "started_at", "2025-02-29T10:00:00Z", instant, "on February 29 of a common year"),
  wrong("start", "started_at", "2026-02-23T25:00:00Z", instant, "at 25:00"),
  wrong("start", "started_at", "2026-02-23T24:00:00Z", instant, "at 24:00"),
  wrong("start", "started_at", "2026-02-23T10:00:00+25:00", instant, "with an offset of 25 hours"),
  wrong("start", "started_at", "+275760-09-13T00:00:00Z", instant, "in a year of six digits"),
  wrong("start", "started_at", "yesterday", instant, "in words"),
  wrong("start", "started_at", "", instant, "that is empty"),
  wrong("start", "started_at", 1_771_840_800_000, instant, "as a number"),
  wrong("start", "started_at", "1999-12-31T23:59:59.999Z", /2000-01-01/, "before 2000"),
  wrong("start", "started_at", "0001-01-01T00:00:00Z", /2000-01-01/, "in the year 1"),
  wrong("start", "started_at", "2026-02-24T12:00:00.001Z", /24 hours/, "more than 24 hours ahead"),
  wrong("complete", "completed_at", "1970-01-01T00:00:00Z", /2000-01-01/, "before 2000"),
  wrong("complete", "completed_at", "9999-12-31T23:59:59Z", /24 hours/, "in the year 9999"),
  wrong("complete", "completed_at", "2026-02-23T09:59:59.999Z", /must not be before/, "before the start"),
  wrong("phase", "completed_at", "2026-02-23T10:09:59.999Z", /must not be before/, "before its start"),
  wrong("phase", "started_at", "2026-02-23T10:00", instant, "without seconds and offset"),
];

/** Everything that can be wrong about the fields of a report. */
export const reportCases: readonly ReportCase[] = [
  ...types,
  ...names,
  ...words,
  ...numbers,
  ...texts,
  ...times,
];
