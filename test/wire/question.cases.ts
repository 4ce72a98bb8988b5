import type { Parameters, Question } from "./questions.js";

/** A question in which some parameters are wrong; `errors` says which, and what is said about them. */
export interface QuestionCase {
  readonly name: string;
  readonly ask: Question;
  readonly parameters: Parameters;
  readonly errors: Readonly<Record<string, RegExp>>;
}

const wrong = (ask: Question, name: string, value: unknown, says: RegExp, about: string): QuestionCase => ({
  name: `${ask}: ${name} ${about}`,
  ask,
  parameters: { [name]: value },
  errors: { [name]: says },
});

const run = "0f8fad5b-d9cb-469f-a165-70867728950e";

/** A cursor as the list makes them, of anything. */
const forged = (...position: unknown[]) => Buffer.from(JSON.stringify(position)).toString("base64url");

const cursors: readonly (readonly [string, string])[] = [
  ["", "that is empty"],
  ["not base64!", "that is not base64"],
  [Buffer.from("no JSON").toString("base64url"), "of something else"],
  [Buffer.from("{}").toString("base64url"), "of an object"],
  [forged("completed_at", "desc", null, run), "of another column"],
  [forged("started_at", "asc", 0, run), "of the other direction"],
  [forged("started_at", "desc", 0, "nope"), "with an id that is no UUID"],
  [forged("started_at", "desc", 0, run.toUpperCase()), "with an id that was never answered"],
  [forged("started_at", "desc", 1e300, run), "with an absurd value"],
  [forged("started_at", "desc", -1e300, run), "with an absurd value before all time"],
  [forged("started_at", "desc", "now()", run), "with text for a value"],
  [forged("started_at", "desc", 0, run, "more"), "that says more"],
  [`${forged("started_at", "desc", 0, run)}==`, "that is padded"],
  ["a".repeat(10_001), "beyond any cursor's length"],
];

const page = /must be a whole number from 1 to 500|must be a whole number from -2147483648 to 2147483647/;
const instant = /must be an RFC 3339 time with an offset/;
const zone = /must be the name of a time zone/;
const window = /24h, 7d, 30d, 90d, all|LAST_24H, LAST_7D, LAST_30D, LAST_90D, ALL/;

const lists: readonly QuestionCase[] = [
  wrong("list", "limit", 0, page, "of 0"),
  wrong("list", "limit", -1, page, "below 0"),
  wrong("list", "limit", 501, page, "of 501"),
  wrong("list", "limit", 1.5, page, "as a fraction"),
  wrong("list", "limit", "ten", page, "in words"),
  wrong("list", "limit", "", page, "that is empty"),
  wrong("list", "limit", 2_147_483_648, page, "of 2^31"),
  wrong("list", "limit", 1e21, page, "beyond any integer"),
  wrong("list", "order_by", "cost", /started_at, completed_at, duration, llm_cost/i, "that is no column"),
  wrong("list", "direction", "down", /asc, desc/i, "that is no direction"),
  wrong("list", "status", Array(6).fill("FAILED"), /at most 5/, "of six"),
  wrong("list", "from", "2026-02-23T10:00:00", instant, "without an offset"),
  wrong("list", "to", "2026-02-30T10:00:00Z", instant, "on February 30"),
  wrong("list", "to", "", instant, "that is empty"),
  wrong("list", "wp_id", "", /must not be empty/, "that is empty"),
  wrong("list", "ws_id", "a\0", /NUL/, "with NUL"),
  wrong("list", "scope_id", "😀".repeat(257), /at most 256/, "of 257 emojis"),
  wrong("list", "executor", "e".repeat(65), /at most 64/, "of 65 characters"),
  {
    name: "list: several wrong parameters",
    ask: "list",
    parameters: { from: "now", to: "2026-02-23T25:00:00Z", ws_id: "" },
    errors: { from: instant, to: instant, ws_id: /must not be empty/ },
  },
  {
    name: "dashboard: an end before which no month lies",
    ask: "dashboard",
    parameters: { to: "0001-01-01T00:00:00Z" },
    errors: { from: /must be before/ },
  },
  {
    name: "list: a range that ends before it begins",
    ask: "list",
    parameters: { from: "2026-02-23T10:00:00Z", to: "2026-02-23T09:59:59.999Z" },
    errors: { from: /must be before/ },
  },
  {
    name: "list: a range without length",
    ask: "list",
    parameters: { from: "2026-02-23T10:00:00Z", to: "2026-02-23T11:00:00+01:00" },
    errors: { from: /must be before/ },
  },
  ...cursors.map(([cursor, about]) =>
    wrong("list", "cursor", cursor, /must be a cursor|must have at most/, about),
  ),
];

const reports: readonly QuestionCase[] = [
  wrong("dashboard", "interval", "year", /day, week, month/i, "that is none"),
  wrong("dashboard", "time_zone", "Mars/Olympus", zone, "that is none"),
  wrong("dashboard", "time_zone", "", /must not be empty/, "that is empty"),
  wrong("dashboard", "time_zone", "UTC'; drop table ws_executions; --", zone, "that tries to be SQL"),
  wrong("dashboard", "time_zone", "+02:00", zone, "that is an offset"),
  wrong("dashboard", "from", "2026-02-23T12:00:00.001Z", /must be before/, "after now"),
  wrong("dashboard", "from", "yesterday", instant, "in words"),
  {
    name: "dashboard: a trend of more than 3,700 buckets",
    ask: "dashboard",
    parameters: { from: "2000-01-01T00:00:00Z" },
    errors: { interval: /more than 3700 buckets/ },
  },
  wrong("costSummary", "time_zone", "utc+1", zone, "that is none"),
  wrong("costSummary", "time_zone", "\0", /NUL/, "with NUL"),
  {
    name: "costSummary: a range that ends before it begins",
    ask: "costSummary",
    parameters: { from: "2026-02-23T10:00:00Z", to: "2026-02-22T10:00:00Z" },
    errors: { from: /must be before/ },
  },
  wrong("scoreboard", "window", "8d", window, "that is none"),
  wrong("scoreboard", "window", "7D", window, "in upper case"),
  wrong("scoreboard", "window", "", window, "that is empty"),
  wrong("execution", "id", "nope", /must be a UUID/, "that is no UUID"),
  wrong("execution", "id", `${run}0`, /must be a UUID/, "of 37 characters"),
  wrong("execution", "id", "' or 1=1 --", /must be a UUID/, "that tries to be SQL"),
  wrong("execution", "id", "x".repeat(900), /must be a UUID/, "of 900 characters"),
];

/** Everything that can be wrong about a question. */
export const questionCases: readonly QuestionCase[] = [...lists, ...reports];
