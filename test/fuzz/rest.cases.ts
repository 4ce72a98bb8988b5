import type { Sent } from "../wire/exchange.js";
import { hostileCursors, hostileInstants, hostileTexts, hostileZones } from "./hostile-texts.js";
import { plausibleInstants, plausibleTexts } from "./pool.js";

/** What a parameter is told. */
export interface Said {
  readonly plausible: readonly string[];
  readonly hostile: readonly string[];
}

export const said = (plausible: readonly string[], hostile: readonly string[] = hostileTexts): Said => ({
  plausible,
  hostile,
});

const statuses = said(
  ["STARTED", "COMPLETED", "FAILED"],
  ["completed", "DONE", "", "STARTED,FAILED", "__proto__"],
);

const range = {
  from: said(plausibleInstants("from"), hostileInstants),
  to: said(plausibleInstants("to"), hostileInstants),
};

const zone = { time_zone: said(plausibleTexts("timeZone"), hostileZones) };

const theme = { theme: said(["light", "dark", "auto"], ["LIGHT", "", "blue", "__proto__"]) };

const window = said(["24h", "7d", "30d", "90d", "all"], ["7D", "LAST_7D", "1d", "", "-7d", "toString"]);

const interval = said(["day", "week", "month"], ["year", "DAY", "", "__proto__"]);

const compare = { compare: said(["previous"], ["next", "", "PREVIOUS", "__proto__"]) };

const bool = said(["true", "false"], ["TRUE", "1", "", "maybe"]);

const runs = {
  wp_id: said(plausibleTexts("wpId")),
  ws_id: said(plausibleTexts("wsId")),
  executor: said(plausibleTexts("executor")),
};

const scope = { scope_id: said(plausibleTexts("scopeId")) };

const uuid = said(
  ["7c1d7d5e-7e5b-4b6e-9f0a-2f6f3f0c8a11"],
  ["7c1d7d5e", "", "7C1D7D5E-7e5b-4b6e-9f0a-2f6f3f0c8a1x", "__proto__"],
);

const ofCalls = {
  ...range,
  ...runs,
  ws_execution_id: uuid,
  model: said(plausibleTexts("model")),
  provider: said(plausibleTexts("provider")),
  document_type: said(plausibleTexts("documentType")),
  source: said(["api", "otlp", "llm_log"], ["API", "", "log"]),
  attributed: bool,
  priced: bool,
};

const ofMetrics = {
  question: said(
    [
      '{"of":"llm_calls","group_by":["model","phase"],"measures":[{"measure":"cost_usd","aggregate":"p90"}]}',
      '{"of":"executions","measures":[{"measure":"count"}],"time_grain":"month","time_zone":"Asia/Kathmandu"}',
    ],
    ["", "{", "null", "[]", "1", '{"of":"stars"}', '{"__proto__":{"of":"phases"}}', "[".repeat(5_000)],
  ),
};

/** What is said of each thing that is exported, in whichever format. */
const exported = Object.entries({
  "/ws-executions": { ...range, ...runs, ...scope, status: statuses },
  "/bug-fixes": { ...range, ...runs, ...scope, ws_execution_id: uuid, autonomous: bool },
  "/llm-calls": ofCalls,
  "/metrics": ofMetrics,
}).flatMap(([path, parameters]) =>
  ["csv", "ndjson"].map((format) => [`${path}.${format}`, parameters] as const),
);

/** The parameters of the routes that read, and what each is told. */
export const parametersOf: Readonly<Record<string, Readonly<Record<string, Said>>>> = {
  "/ws-executions": {
    ...runs,
    ...scope,
    status: statuses,
    ...range,
    order_by: said(
      ["started_at", "completed_at", "duration_seconds", "llm_cost_usd"],
      ["id", "", "toString", "STARTED_AT"],
    ),
    direction: said(["asc", "desc"], ["ASC", "", "asc;", "constructor"]),
    limit: said(
      ["1", "2", "50", "500"],
      ["0", "-1", "501", "1e2", "1.0", " 1", "٣", "9".repeat(40), "NaN", "0x10"],
    ),
    cursor: said(plausibleTexts("after"), hostileCursors),
  },
  "/ws-executions/:id": {},
  "/dashboard": {
    ...range,
    ...zone,
    interval,
    ...compare,
  },
  "/dashboard.svg": { ...range, ...zone, interval, ...theme },
  "/cost-summary": { ...range, ...zone },
  "/report.html": { wp_id: runs.wp_id, ws_id: runs.ws_id, ...range, ...zone },
  ...Object.fromEntries(exported),
  "/scoreboard": { window, ...compare },
  "/scoreboard.svg": { window, ...theme },
};

export const strangeParameters = [
  "nope=1",
  "__proto__=1",
  "constructor[a]=1",
  "=",
  "&&",
  "%",
  "%ff=1",
  "a%00=1",
  "from=%zz",
  "from[]=a",
];

export const paths = [
  ...[
    "/",
    "//",
    "/*",
    "/..",
    "/api/v1/metrics",
    "/api/v1/metrics/",
    "/api/v2/metrics/dashboard",
    "/API/v1/metrics/dashboard",
  ],
  ...[
    "/api/v1/metrics/../../../etc/hosts",
    "/api/v1/metrics/%2e%2e/%2e%2e/graphql",
    "/api/v1/metrics//dashboard",
    "/api/v1/metrics/dashboard/",
  ],
  ...[
    "/api/v1/metrics/ws-executions/",
    "/api/v1/metrics/ws-executions/a/b",
    "/api/v1/metrics/ws-execution%00",
    "/api/v1/metrics/%ff",
  ],
  ...[
    "/graphql/",
    "/graphql?query=%",
    "/healthz?a=1",
    "/v1/logs/",
    "/v1/nope",
    "/.env",
    "/%",
    "/;a=b",
    "/__proto__",
  ],
];

export const methods = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "PROPFIND",
  "SEARCH",
];

/** More than Node reads. */
export const tooLarge = { "x-longer": "a".repeat(40_000) };

export const oddHeaders: readonly NonNullable<Sent["headers"]>[] = [
  {},
  { "content-type": "text/plain" },
  { "content-type": "application/json", "content-encoding": "gzip" },
  { "x-request-id": "a".repeat(129) },
  { "x-request-id": "<b>" },
  { host: "example.com" },
  { host: "" },
  { origin: "https://example.com" },
  { origin: "null" },
  { authorization: "Bearer wsm_admin_x" },
  { authorization: "Basic Og==" },
  { "x-http-method-override": "DELETE" },
  { range: "bytes=0-1", "if-none-match": "*" },
  { expect: "nothing" },
  { cookie: "__proto__=1" },
  { "x-long": "a".repeat(15_000) },
  tooLarge,
];
