import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { configVariables, parseConfig } from "../src/config.js";
import { defaultLimits } from "../src/limits.js";

/** The problems of an environment, one line each. */
function problemsOf(variables: Record<string, string>): string[] {
  try {
    parseConfig(variables);
  } catch (error) {
    return String((error as Error).message)
      .split("\n")
      .slice(1);
  }
  return [];
}

/** `bodyBytes` → `MAX_BODY_BYTES`. */
const variableOf = (limit: string) =>
  `MAX_${limit.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

test("without any variable the server keeps to itself", () => {
  expect(parseConfig({})).toEqual({
    host: "127.0.0.1",
    port: 4000,
    dataDir: "./data",
    databaseUrl: undefined,
    publicUrl: undefined,
    trustedProxies: [],
    priceSource: "genai-prices",
    pricingFile: undefined,
    explorer: true,
    persistedDocuments: [],
    persistedDocumentsOnly: false,
    logLevel: "info",
    insecureNoAuth: false,
    rateLimitPerKey: 0,
    requestTimeoutMs: 10_000,
    statementTimeoutMs: 8_000,
    connectTimeoutMs: 5_000,
    shutdownTimeoutMs: 5_000,
    startTimeoutMs: 30_000,
    poolSize: 10,
    limits: {
      bodyBytes: 4_194_304,
      headerBytes: 16_384,
      connections: 2_000,
      identifierLength: 256,
      executorLength: 64,
      eventIdLength: 128,
      textLength: 10_000,
      pathLength: 4_096,
      paths: 10_000,
      batchItems: 1_000,
      statusFilter: 5,
      filterList: 100,
      pageSize: 500,
      nestedPageSize: 100,
      trendBuckets: 3_700,
      metricRows: 1_000,
      exportedMetricRows: 100_000,
      metricParts: 50,
      listedErrors: 1_000,
      queryLength: 100_000,
      queryAliases: 50,
      queryFields: 200,
      queryDirectives: 10,
      queryDepth: 12,
      queryTokens: 2_000,
      answerNodes: 200_000,
      fieldRepetitions: 20,
      variables: 100,
      variableDepth: 12,
      variableValues: 100_000,
      failedLogins: 30,
      requestsInFlight: 1_000,
      bodyBytesInFlight: 64 * 1024 * 1024,
      waitingReads: 100,
      waitingWrites: 500,
    },
  });
});

test("an empty variable counts as not set", () => {
  expect(parseConfig({ PORT: "", HOST: "", DATABASE_URL: "", MAX_PATHS: "" })).toEqual(parseConfig({}));
});

test("what is set is read, and cannot be changed afterwards", () => {
  const config = parseConfig({
    HOST: "localhost",
    PORT: "0",
    DATA_DIR: "/srv/metrics",
    DATABASE_URL: "postgresql://user@db/metrics",
    PRICE_SOURCE: "none",
    PRICING_FILE: "./pricing.json",
    LOG_LEVEL: "trace",
    REQUEST_TIMEOUT_MS: "2500",
    POOL_SIZE: "3",
  });

  expect(config).toMatchObject({
    host: "localhost",
    port: 0,
    dataDir: "/srv/metrics",
    databaseUrl: "postgresql://user@db/metrics",
    priceSource: "none",
    pricingFile: "./pricing.json",
    logLevel: "trace",
    requestTimeoutMs: 2_500,
    poolSize: 3,
  });
  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.isFrozen(config.limits)).toBe(true);
});

test("every problem is listed at once, in words", () => {
  const problems = problemsOf({
    PORT: "65536",
    DATABASE_URL: "mysql://localhost",
    PRICE_SOURCE: "internet",
    LOG_LEVEL: "loud",
    INSECURE_NO_AUTH: "yes",
    POOL_SIZE: "0",
    REQUEST_TIMEOUT_MS: "1.5",
    MAX_BODY_BYTES: "4MB",
    MAX_QUERY_DEPTH: "-1",
  });

  expect(problems).toEqual([
    "  PORT: must be a whole number from 0 to 65535",
    "  DATABASE_URL: must look like postgres://user:password@host:5432/database, with more hosts after a comma",
    "  PRICE_SOURCE: must be one of genai-prices, none",
    "  LOG_LEVEL: must be one of fatal, error, warn, info, debug, trace, silent",
    "  INSECURE_NO_AUTH: must be true or false",
    expect.stringMatching(/^ {2}REQUEST_TIMEOUT_MS: must be a whole number from /),
    expect.stringMatching(/^ {2}POOL_SIZE: must be a whole number from 1 /),
    expect.stringMatching(/^ {2}MAX_BODY_BYTES: must be a whole number from 1 /),
    expect.stringMatching(/^ {2}MAX_QUERY_DEPTH: must be a whole number from 1 /),
  ]);
});

describe("the LLM log", () => {
  const columns = (text: string) =>
    parseConfig({ LLM_LOG_TABLE: "public.llm_run", LLM_LOG_COLUMNS: text }).llmLog?.columns;

  test("is off unless a table is named", () => {
    expect(parseConfig({ LLM_LOG_COLUMNS: "cost_usd=cost" }).llmLog).toBeUndefined();
  });

  test.each([
    ["public.llm_run", { schema: "public", table: "llm_run" }],
    [" Audit.LLM_Run ", { schema: "audit", table: "llm_run" }],
    ['"Audit"."llm ""runs"".all"', { schema: "Audit", table: 'llm "runs".all' }],
  ])("is named as in SQL: %s", (text, name) => {
    expect(parseConfig({ LLM_LOG_TABLE: text }).llmLog).toMatchObject(name);
  });

  test.each([
    "llm_run",
    "public.",
    ".llm_run",
    "a.b.c",
    "public.llm-run",
    "public.1",
    "public.llm_run; drop",
  ])("is not named by %s", (text) => {
    expect(problemsOf({ LLM_LOG_TABLE: text })).toEqual([
      "  LLM_LOG_TABLE: must name a table with its schema, such as public.llm_run",
    ]);
  });

  test("has the columns of ADR-010, but for those that are named otherwise", () => {
    expect(columns("")).toEqual({
      id: "id",
      execution_id: "workflow_execution_id",
      document_type: "artifact_type",
      provider: "model_provider",
      model: "model_name",
      started_at: "started_at",
      input_tokens: "input_tokens",
      output_tokens: "output_tokens",
      cost_usd: "cost_usd",
    });
    expect(columns('execution_id="wsExecution, Id", phase = Stage,cost_usd=cost')).toMatchObject({
      execution_id: "wsExecution, Id",
      phase: "stage",
      cost_usd: "cost",
      model: "model_name",
    });
  });

  test.each(["cost_usd", "cost_usd=", "=cost", "cost_usd=a b", "cost_usd=a;b", "a=b=c", ",", 'id="'])(
    "has no columns that are spelled %s",
    (text) => {
      expect(problemsOf({ LLM_LOG_COLUMNS: text })).toEqual([
        expect.stringMatching(/^ {2}LLM_LOG_COLUMNS: must be pairs of a field and a column, such as /),
      ]);
    },
  );

  test("has no fields but its own, each once", () => {
    expect(problemsOf({ LLM_LOG_COLUMNS: "price=a,cost_usd=b,cost_usd=c,kind=d" })).toEqual([
      expect.stringMatching(
        /^ {2}LLM_LOG_COLUMNS: price is no field; the fields are id, execution_id, .*, session$/,
      ),
      expect.stringMatching(/^ {2}LLM_LOG_COLUMNS: kind is no field; /),
      "  LLM_LOG_COLUMNS: cost_usd stands there more than once",
    ]);
  });
});

test("every limit has a variable of its own", () => {
  for (const [limit, usual] of Object.entries(defaultLimits)) {
    const config = parseConfig({ [variableOf(limit)]: String(usual + 1) });

    expect(config.limits).toEqual({ ...defaultLimits, [limit]: usual + 1 });
  }
});

describe(".env.example", () => {
  const text = readFileSync(".env.example", "utf8");
  const lines = [...text.matchAll(/^(?:# )?([A-Z][A-Z_\d]*)=(.*)$/gm)];
  const listed = lines.map(([, name = ""]) => name);

  test("lists every variable once, and no other", () => {
    expect([...listed].sort()).toEqual([...configVariables].sort());
  });

  test("shows the defaults", () => {
    const set = lines.filter(([line]) => !line.startsWith("#")).map(([, name, value]) => [name, value]);

    expect(parseConfig(Object.fromEntries(set))).toEqual(parseConfig({}));
  });
});

test.each([
  ["127.0.0.1", ["127.0.0.1"]],
  ["10.0.0.0/8, fd00::/8", ["10.0.0.0/8", "fd00::/8"]],
])("proxies are read: %s", (text, trustedProxies) => {
  expect(parseConfig({ TRUSTED_PROXIES: text })).toMatchObject({ trustedProxies });
});

test.each(["true", "proxy", "10.0.0.0/33", "10.0.0.0/8/8", "10.0.0.1,", "*", "::/129"])(
  "proxies are refused: %s",
  (text) => {
    expect(problemsOf({ TRUSTED_PROXIES: text })).toEqual([
      "  TRUSTED_PROXIES: must be addresses or networks separated by commas, such as 10.0.0.1,192.168.0.0/16",
    ]);
  },
);
