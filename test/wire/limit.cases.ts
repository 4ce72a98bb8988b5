import type { ErrorCode } from "../../src/errors.js";
import type { Limits } from "../../src/limits.js";
import { graphqlQuery, restGet, restPost, type Sent } from "./exchange.js";

/** A limit as the server of these cases sets it, and a request that asks for so much of what it limits. */
export interface LimitCase {
  readonly limit: keyof Limits;
  readonly at: number;
  /** What is too much; one more than the limit, unless said. */
  readonly past?: number;
  readonly asking: (amount: number) => Sent;
  readonly code: ErrorCode;
  readonly status?: number;
}

const many = (count: number, part: (index: number) => string, between = " ") =>
  Array.from({ length: count }, (_, index) => part(index)).join(between);
const text = (length: number) => "😀".repeat(length); // one character each, of two UTF-16 units and four bytes
const run = (fields: object) => restPost("/ws-execution", { ws_id: "WS-1", executor: "human", ...fields });
const phase = (event_id: string) => ({ event_id, name: "verify", started_at: "2026-02-23T10:00:00Z" });
const typename = (variables: unknown) => graphqlQuery("{ __typename }", variables);
const nested = (levels: number): unknown => (levels === 1 ? 0 : [nested(levels - 1)]);
const day = (date: number) => `2026-02-${String(date).padStart(2, "0")}T00:00:00Z`;

/** Four fields, wherever it is spread. */
const fragment = "fragment F on Query { scoreboard { totalRuns asOf from } }";

/** A document of so many tokens, which asks for next to nothing. */
function tokens(count: number): string {
  const levels = Math.floor((count - 3) / 3);
  const more = many(((count - 3) % 3) + 1, () => "__typename");
  return `{ ${"...{ ".repeat(levels)}${more}${" }".repeat(levels)} }`;
}

const values: readonly LimitCase[] = [
  { limit: "identifierLength", at: 8, asking: (n) => run({ wp_id: text(n) }), code: "BAD_USER_INPUT" },
  { limit: "executorLength", at: 6, asking: (n) => run({ executor: text(n) }), code: "BAD_USER_INPUT" },
  { limit: "eventIdLength", at: 7, asking: (n) => run({ phase: phase(text(n)) }), code: "BAD_USER_INPUT" },
  {
    limit: "textLength",
    at: 9,
    asking: (n) =>
      restPost("/bug-fix", {
        ws_execution_id: "3f0c0d2e-0000-4000-8000-000000000001",
        description: text(n),
        root_cause: "",
        test_name: "a",
        fix_summary: "",
        autonomous: true,
      }),
    code: "BAD_USER_INPUT",
  },
  {
    limit: "pathLength",
    at: 10,
    asking: (n) => run({ file_metrics: { created: [text(n)] } }),
    code: "BAD_USER_INPUT",
  },
  {
    limit: "paths",
    at: 3,
    asking: (n) => run({ file_metrics: { deleted: Array.from({ length: n }, (_, index) => `${index}.ts`) } }),
    code: "BAD_USER_INPUT",
  },
  {
    limit: "batchItems",
    at: 4,
    asking: (n) =>
      run({ phase_metrics: { phases: Array.from({ length: n }, (_, index) => phase(`e${index}`)) } }),
    code: "BAD_USER_INPUT",
  },
  {
    limit: "statusFilter",
    at: 2,
    asking: (n) => restGet(`/ws-executions?${many(n, () => "status=STARTED", "&")}`),
    code: "BAD_USER_INPUT",
  },
  {
    limit: "filterList",
    at: 3,
    asking: (n) =>
      graphqlQuery(
        `{ executions(first: 1, filter: { wsIdIn: [${many(n, (index) => `"${index}"`)}] }) { totalCount } }`,
      ),
    code: "BAD_USER_INPUT",
  },
  {
    limit: "nestedPageSize",
    at: 4,
    asking: (n) =>
      graphqlQuery(
        `mutation { startExecution(input: { wsId: "WS", executor: "human" }) { execution { bugFixConnection(first: ${n}) { totalCount } } } }`,
      ),
    code: "BAD_USER_INPUT",
  },
  { limit: "pageSize", at: 5, asking: (n) => restGet(`/ws-executions?limit=${n}`), code: "BAD_USER_INPUT" },
  {
    limit: "trendBuckets",
    at: 9,
    asking: (n) => restGet(`/dashboard?interval=day&from=${day(1)}&to=${day(1 + n)}`),
    code: "BAD_USER_INPUT",
  },
  {
    limit: "metricRows",
    at: 7,
    asking: (n) =>
      graphqlQuery(`{ metrics(of: PHASES, measures: {measure: COUNT}, limit: ${n}) { rowCount } }`),
    code: "BAD_USER_INPUT",
  },
  {
    limit: "exportedMetricRows",
    at: 7,
    asking: (n) =>
      restGet(`/metrics.ndjson?question={"of":"phases","measures":[{"measure":"count"}],"limit":${n}}`),
    code: "BAD_USER_INPUT",
  },
  {
    limit: "metricParts",
    at: 3,
    asking: (n) =>
      graphqlQuery(
        `{ metrics(of: PHASES, limit: 1, measures: [${many(n, () => "{measure: COUNT}")}]) { rowCount } }`,
      ),
    code: "BAD_USER_INPUT",
  },
];

const bytes: readonly LimitCase[] = [
  {
    limit: "bodyBytes",
    at: 4_000,
    asking: (n) => restPost("/ws-execution", '{"ws_id":"WS-1","executor":"human"}'.padEnd(n)),
    code: "PAYLOAD_TOO_LARGE",
  },
  {
    limit: "headerBytes", // Node counts neither all that frames a header nor all of it at once
    at: 1_000,
    past: 1_500,
    asking: (n) => ({ path: "/healthz", headers: { filler: "a".repeat(n - 200) } }),
    code: "PAYLOAD_TOO_LARGE",
    status: 431,
  },
];

const queries: readonly LimitCase[] = [
  {
    limit: "queryLength",
    at: 900,
    asking: (n) => graphqlQuery("{ __typename }".padEnd(n)),
    code: "QUERY_TOO_COMPLEX",
  },
  { limit: "queryTokens", at: 60, asking: (n) => graphqlQuery(tokens(n)), code: "QUERY_TOO_COMPLEX" },
  {
    limit: "queryAliases",
    at: 3,
    asking: (n) => graphqlQuery(`{ ${many(n, (index) => `a${index}: __typename`)} }`),
    code: "QUERY_TOO_COMPLEX",
  },
  {
    limit: "queryFields",
    at: 9,
    asking: (n) => graphqlQuery(`{ ...F ...F ${many(n - 8, () => "__typename")} } ${fragment}`),
    code: "QUERY_TOO_COMPLEX",
  },
  {
    limit: "queryDirectives",
    at: 2,
    asking: (n) => graphqlQuery(`{ ${many(n, () => "__typename @include(if: true)")} }`),
    code: "QUERY_TOO_COMPLEX",
  },
  {
    limit: "queryDepth",
    at: 4,
    asking: (n) => {
      const names = ["executions(first: 1)", "nodes", "bugFixes", "execution"].slice(0, n - 1);
      return graphqlQuery(`{ ${many(names.length, (index) => `${names[index]} {`)} id ${"}".repeat(n)}`);
    },
    code: "QUERY_TOO_COMPLEX",
  },
  {
    limit: "fieldRepetitions",
    at: 5,
    asking: (n) => graphqlQuery(`{ ${many(n, () => "__typename")} }`),
    code: "QUERY_TOO_COMPLEX",
  },
  {
    limit: "variables",
    at: 3,
    asking: (n) => typename(Object.fromEntries(Array.from({ length: n }, (_, index) => [`v${index}`, 1]))),
    code: "QUERY_TOO_COMPLEX",
  },
  { limit: "variableDepth", at: 6, asking: (n) => typename({ v: nested(n) }), code: "QUERY_TOO_COMPLEX" },
  {
    limit: "variableValues",
    at: 20,
    asking: (n) => typename({ v: Array.from({ length: n - 1 }, () => 0) }),
    code: "QUERY_TOO_COMPLEX",
  },
];

export const limitCases: readonly LimitCase[] = [...values, ...bytes, ...queries];
