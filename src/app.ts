import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import * as clientDocuments from "./client/documents.js";
import type { Config } from "./config.js";
import type { Clock } from "./domain/instant.js";
import type { PriceBook } from "./domain/price.js";
import { MetricsError, unavailable } from "./errors.js";
import { announceExposure, requireKeysBeyondLoopback } from "./exposure.js";
import { documentIdOf, type Manifest } from "./graphql/persisted-documents.js";
import { FailedLogins } from "./http/failed-logins.js";
import { createServer, restPrefix, type ServerParts } from "./http/server.js";
import { KeptSumsJob } from "./jobs/kept-sums.job.js";
import { LlmLogJob, type LlmLogJobParts } from "./jobs/llm-log.job.js";
import type { Limits } from "./limits.js";
import { openLog } from "./log.js";
import { readManifests } from "./manifests.js";
import { mcpPath } from "./mcp/server.js";
import type { LaneLoad } from "./observability/load-metrics.js";
import { createMetrics } from "./observability/metrics.js";
import { Lane } from "./operations/lane.js";
import { observed } from "./operations/observed.js";
import { type Lanes, performer } from "./operations/perform.js";
import { rateLimit } from "./operations/rate-limit.js";
import { openPriceBook } from "./pricing/price-book.js";
import { type Keyring, openKeyring } from "./services/keyring.js";
import { checkLlmLog } from "./services/llm-log-check.service.js";
import type { Store } from "./store/database.js";
import { openStore } from "./store/engine/open.js";
import { isMigrated, migrate } from "./store/migration/migrations.js";

/** A server that answers requests. */
export interface App {
  /** Where it listens: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Stops accepting, finishes what is in flight, closes the database. */
  close(): Promise<void>;
}

/** What the caller brings along: a test its own store and clock, the program its way to stop. */
export interface Parts {
  readonly store?: Store;
  readonly clock?: Clock;
  /** Called when the data folder was taken over by another process: stop at once. */
  readonly onFolderLost?: () => void;
}

/** What `wsm` and the client send: always registered, or neither would work where nothing else is. */
const ownDocuments: Manifest = Object.fromEntries(
  Object.values(clientDocuments).map((document) => [documentIdOf(String(document)), String(document)]),
);

const retryMs = 500;

/**
 * Opens the database, brings it up to date, and listens.
 * @throws what makes a start impossible, with a message for the operator
 */
export async function startApp(config: Config, parts: Parts = {}): Promise<App> {
  const { clock = () => new Date() } = parts;
  const logger = openLog(config.logLevel);
  const prices = await openPriceBook(config);
  logger.info(`LLM calls are priced by: ${prices.version}.`);
  const store = parts.store ?? (await openWithPatience(config, logger, parts.onFolderLost));
  try {
    await migrate(store.database, (sentence) => logger.info(sentence));
    return await serve(config, { store, clock, prices, logger });
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What everything else is wired to. */
interface Basis {
  readonly store: Store;
  readonly clock: Clock;
  readonly prices: PriceBook;
  readonly logger: Logger;
}

async function serve(config: Config, basis: Basis): Promise<App> {
  const { store, clock, logger } = basis;
  const keyring = openKeyring(store, clock, config.requestTimeoutMs);
  await requireKeysBeyondLoopback(config, keyring);
  const manifests = [ownDocuments, ...(await readManifests(config.persistedDocuments))];
  const llmLogJob = await prepareLlmLog(config, { ...basis, limits: config.limits });
  const server = await createServer(serverParts(config, basis, { keyring, llmLogJob, manifests }));
  const url = await server.listen({
    host: config.host,
    port: config.port,
    listenTextResolver: (address) =>
      `Listening at ${address}: GraphQL at /graphql, REST at ${restPrefix}, OTLP at /v1, MCP at ${mcpPath}.`,
  });
  announceStorage(logger, config, store);
  announceExposure(logger, config, await keyring.isLocked());
  const jobs = [new KeptSumsJob(basis), ...(llmLogJob ? [llmLogJob] : [])];
  for (const job of jobs) job.start();
  return { url, close: () => closeWithin(config.shutdownTimeoutMs, server, jobs, store) };
}

/** What is read and checked before the server is made. */
interface Prepared {
  readonly keyring: Keyring;
  readonly llmLogJob: LlmLogJob | undefined;
  readonly manifests: readonly Manifest[];
}

function serverParts(
  config: Config,
  { store, clock, prices, logger }: Basis,
  { keyring, llmLogJob, manifests }: Prepared,
): ServerParts {
  const { limits, publicUrl, trustedProxies, explorer, requestTimeoutMs, insecureNoAuth } = config;
  const lanes = lanesOver(store, limits);
  const metrics = createMetrics({ engine: store.engine, loads: () => loadsOf(lanes) });
  const spend = rateLimit(config.rateLimitPerKey, clock);
  const performAs = performer({ store, clock, limits, prices, lanes, timeoutMs: requestTimeoutMs, spend });
  const failedLogins = new FailedLogins(limits.failedLogins, clock);
  return {
    lanes,
    clock,
    metrics,
    limits,
    publicUrl,
    trustedProxies,
    explorer,
    logger,
    requestTimeoutMs,
    performAs: observed(performAs, metrics.observe),
    documents: { manifests, only: config.persistedDocumentsOnly },
    gate: { keyring, failedLogins, insecureNoAuth },
    checkReady: () => checkReady(store, requestTimeoutMs),
    llmLogStatus: () => llmLogJob?.status(),
  };
}

/**
 * Reads take half of the connections at most, so that however many there are the other half is left to writes. Of
 * analyses, each of which can keep several processors of the database busy, one goes on for every eight connections.
 */
function lanesOver({ connections }: Store, { waitingReads, waitingWrites }: Limits): Lanes {
  return {
    read: new Lane({ running: Math.max(1, Math.floor(connections / 2)), waiting: waitingReads }),
    write: new Lane({ running: connections, waiting: waitingWrites }),
    analysis: new Lane({ running: Math.max(1, Math.floor(connections / 8)), waiting: waitingReads }),
  };
}

function loadsOf(lanes: Lanes): readonly LaneLoad[] {
  return (["read", "write"] as const).map((lane) => {
    const { running, waiting, limits } = lanes[lane];
    return { lane, running, waiting, limit: limits.running };
  });
}

/**
 * Makes sure that the external log, if there is one, can be read, before anything is copied from it.
 * @throws ConfigError
 */
async function prepareLlmLog(
  { llmLog: log }: Config,
  parts: Omit<LlmLogJobParts, "log">,
): Promise<LlmLogJob | undefined> {
  if (log === undefined) return undefined;
  const warnings = await parts.store.read((db) => checkLlmLog(db, log));
  for (const warning of warnings) parts.logger.warn(warning);
  return new LlmLogJob({ ...parts, log });
}

/** Lets what is in flight finish, but hangs up on clients that take longer than that to send or to read. */
async function closeWithin(
  timeoutMs: number,
  server: FastifyInstance,
  jobs: readonly { stop(): Promise<void> }[],
  store: Store,
): Promise<void> {
  const hangUp = setTimeout(() => server.server.closeAllConnections(), timeoutMs);
  await Promise.all([
    server.close(),
    Promise.race([Promise.all(jobs.map((job) => job.stop())), pause(timeoutMs, undefined, { ref: false })]),
  ]);
  clearTimeout(hangUp);
  await store.close();
}

/** Waits for a database that is still starting; any other failure is final. */
async function openWithPatience(
  config: Config,
  logger: Logger,
  onFolderLost: (() => void) | undefined,
): Promise<Store> {
  const deadline = Date.now() + config.startTimeoutMs;
  for (;;) {
    try {
      return await openStore(config, onFolderLost);
    } catch (error) {
      const mayRecover = error instanceof MetricsError && error.code === "UNAVAILABLE";
      if (!mayRecover || Date.now() + retryMs > deadline) throw error;
      logger.warn("The database does not answer yet; trying again.");
      await pause(retryMs);
    }
  }
}

async function checkReady(store: Store, timeoutMs: number): Promise<void> {
  const late = pause(timeoutMs, false, { ref: false });
  const isReady = await Promise.race([store.read(isMigrated), late]);
  if (!isReady) throw unavailable("The database does not answer, or lacks migrations of this version.");
}

function announceStorage(logger: Logger, { databaseUrl, dataDir }: Config, { engine }: Store): void {
  logger.info(`The database is ${engine}.`);
  if (databaseUrl !== undefined) return;
  logger.warn(
    `Data is kept by the embedded ${engine} in ${dataDir}. It survives the end of this process, not a power cut; set DATABASE_URL to keep it on a PostgreSQL server.`,
  );
}
