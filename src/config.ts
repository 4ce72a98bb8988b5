import { isIP } from "node:net";
import { z } from "zod";
import { parseDatabaseUrl } from "./domain/database-url.js";
import { type LlmLog, type LogColumns, logFields, usualLogColumns } from "./domain/llm-log.js";
import { parseAssignments, parseTableName } from "./domain/sql-name.js";
import { ConfigError } from "./errors.js";
import { defaultLimits, type Limits } from "./limits.js";
import { type PriceSource, priceSources } from "./vocabulary.js";

/** Everything that can be set from outside, checked once at start. */
export interface Config {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Where the embedded database lives; not used with `databaseUrl`. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** Where executors reach this server, without a slash at its end; else each is told the address it used. */
  readonly publicUrl: string | undefined;
  /** Addresses and networks of proxies in front, which say where a request comes from. */
  readonly trustedProxies: readonly string[];
  /** Where prices come from that `pricingFile` does not know. */
  readonly priceSource: PriceSource;
  /** A file of prices that win over those of the source. */
  readonly pricingFile: string | undefined;
  /** The LLM execution log of the surrounding system, which is read and never touched. */
  readonly llmLog: LlmLog | undefined;
  /** Whether browsers are shown the explorer. */
  readonly explorer: boolean;
  /** Files of GraphQL documents that clients may name instead of sending them. */
  readonly persistedDocuments: readonly string[];
  /** Whether no other documents are executed. */
  readonly persistedDocumentsOnly: boolean;
  readonly logLevel: (typeof logLevels)[number];
  /** Listening beyond loopback without keys was asked for in so many words. */
  readonly insecureNoAuth: boolean;
  /** Events that a key may report per minute; 0 for as many as it likes. */
  readonly rateLimitPerKey: number;
  /** After this long a request is answered `UNAVAILABLE`, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** After this long the database gives up on a statement, in milliseconds. */
  readonly statementTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** How long a start waits for a database that does not answer yet, in milliseconds. */
  readonly startTimeoutMs: number;
  /** How long a stop waits for clients to finish what they began, in milliseconds. */
  readonly shutdownTimeoutMs: number;
  /** Connections to PostgreSQL. */
  readonly poolSize: number;
  readonly limits: Limits;
}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const wholeNumber = (from: number, to: number) => {
  const error = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d+$/, { error, abort: true })
    .transform(Number)
    .pipe(z.int({ error }).min(from, { error }).max(to, { error }));
};

const flag = z
  .enum(["true", "false"], { error: "must be true or false" })
  .transform((word) => word === "true");

const postgresUrl = z.string().refine((url) => parseDatabaseUrl(url) !== undefined, {
  error: "must look like postgres://user:password@host:5432/database, with more hosts after a comma",
});

/** Without anything that a URL or a shell would read in another way. */
const httpUrl = z
  .string()
  .regex(/^https?:\/\/[a-z0-9.\-[\]:]+(\/[\w.~\-/]*)?$/i, {
    error: "must look like https://metrics.example.com, with a path at most",
  })
  .transform((url) => url.replace(/\/+$/, ""));

/** Addresses and networks such as `10.0.0.0/8`, separated by commas. */
const networks = z
  .string()
  .transform((text) => text.split(",").map((name) => name.trim()))
  .refine((names) => names.every(isNetwork), {
    error: "must be addresses or networks separated by commas, such as 10.0.0.1,192.168.0.0/16",
  });

function isNetwork(name: string): boolean {
  const [address = "", bits, ...more] = name.split("/");
  const maxBits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    maxBits >= 0 &&
    more.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= maxBits))
  );
}

const paths = z.string().transform((text) =>
  text
    .split(",")
    .map((path) => path.trim())
    .filter((path) => path !== ""),
);

const logTable = z.string().transform((text, context) => {
  const name = parseTableName(text);
  if (name !== undefined) return name;
  context.addIssue("must name a table with its schema, such as public.llm_run");
  return z.NEVER;
});

const logColumns = z.string().transform((text, context): LogColumns => {
  const pairs = parseAssignments(text);
  if (pairs === undefined) {
    context.addIssue(
      'must be pairs of a field and a column, such as cost_usd=cost, execution_id="wsExecutionId"',
    );
    return z.NEVER;
  }
  const fields = pairs.map(([field]) => field);
  const unknown = fields.filter((field) => !logFields.some((known) => known === field));
  const repeated = fields.filter((field, index) => fields.indexOf(field) !== index);
  for (const field of unknown)
    context.addIssue(`${field} is no field; the fields are ${logFields.join(", ")}`);
  for (const field of repeated) context.addIssue(`${field} stands there more than once`);
  return { ...usualLogColumns, ...Object.fromEntries(pairs) };
});

const limitNames = Object.keys(defaultLimits) as (keyof Limits)[];

/** `bodyBytes` is set by `MAX_BODY_BYTES`. */
function limitVariable(name: keyof Limits): string {
  return `MAX_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

const limitVariables = Object.fromEntries(
  limitNames.map((name) => [limitVariable(name), wholeNumber(1, 1_000_000_000).default(defaultLimits[name])]),
);

const settingsShape = {
  HOST: z.string().default("127.0.0.1"),
  PORT: wholeNumber(0, 65_535).default(4000),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: postgresUrl.optional(),
  PUBLIC_URL: httpUrl.optional(),
  TRUSTED_PROXIES: networks.default([]),
  PRICE_SOURCE: z
    .enum(priceSources, { error: `must be one of ${priceSources.join(", ")}` })
    .default("genai-prices"),
  PRICING_FILE: z.string().optional(),
  LLM_LOG_TABLE: logTable.optional(),
  LLM_LOG_COLUMNS: logColumns.default(usualLogColumns),
  EXPLORER: flag.default(true),
  PERSISTED_DOCUMENTS: paths.default([]),
  PERSISTED_DOCUMENTS_ONLY: flag.default(false),
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(", ")}` }).default("info"),
  INSECURE_NO_AUTH: flag.default(false),
  RATE_LIMIT_PER_KEY: wholeNumber(0, 1_000_000_000).default(0),
  REQUEST_TIMEOUT_MS: wholeNumber(100, 600_000).default(10_000),
  STATEMENT_TIMEOUT_MS: wholeNumber(100, 600_000).default(8_000),
  CONNECT_TIMEOUT_MS: wholeNumber(100, 600_000).default(5_000),
  START_TIMEOUT_MS: wholeNumber(0, 3_600_000).default(30_000),
  SHUTDOWN_TIMEOUT_MS: wholeNumber(0, 600_000).default(5_000),
  POOL_SIZE: wholeNumber(1, 1_000).default(10),
};

const environment = z.object(settingsShape);

const limitEnvironment = z.object(limitVariables);

/** Every environment variable that is read. */
export const configVariables: readonly string[] = [
  ...Object.keys(settingsShape),
  ...Object.keys(limitVariables),
];

/**
 * Reads the configuration from environment variables; an empty variable counts as not set.
 * @throws ConfigError naming every variable that is wrong and what would be right
 */
export function parseConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""),
  );
  const settings = environment.safeParse(set);
  const limits = limitEnvironment.safeParse(set);
  if (!settings.success || !limits.success) {
    const issues = [settings, limits].flatMap(({ error }) => error?.issues ?? []);
    const problems = issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
    throw new ConfigError(`The configuration cannot be used:\n${problems.join("\n")}`);
  }
  const { data } = settings;
  return Object.freeze({
    host: data.HOST,
    port: data.PORT,
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL,
    publicUrl: data.PUBLIC_URL,
    trustedProxies: data.TRUSTED_PROXIES,
    priceSource: data.PRICE_SOURCE,
    pricingFile: data.PRICING_FILE,
    llmLog: data.LLM_LOG_TABLE && { ...data.LLM_LOG_TABLE, columns: data.LLM_LOG_COLUMNS },
    explorer: data.EXPLORER,
    persistedDocuments: data.PERSISTED_DOCUMENTS,
    persistedDocumentsOnly: data.PERSISTED_DOCUMENTS_ONLY,
    logLevel: data.LOG_LEVEL,
    insecureNoAuth: data.INSECURE_NO_AUTH,
    rateLimitPerKey: data.RATE_LIMIT_PER_KEY,
    requestTimeoutMs: data.REQUEST_TIMEOUT_MS,
    statementTimeoutMs: data.STATEMENT_TIMEOUT_MS,
    connectTimeoutMs: data.CONNECT_TIMEOUT_MS,
    startTimeoutMs: data.START_TIMEOUT_MS,
    shutdownTimeoutMs: data.SHUTDOWN_TIMEOUT_MS,
    poolSize: data.POOL_SIZE,
    limits: Object.freeze(
      Object.fromEntries(limitNames.map((name) => [name, limits.data[limitVariable(name)]])) as Record<
        keyof Limits,
        number
      >,
    ),
  });
}
