import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { Config } from "./config.js";
import type { Clock } from "./domain/instant.js";
import { ConfigError, MetricsError, unavailable } from "./errors.js";
import { FailedLogins } from "./http/failed-logins.js";
import { createServer, restPrefix } from "./http/server.js";
import { LlmLogJob, type LlmLogJobParts } from "./jobs/llm-log.job.js";
import type { Limits } from "./limits.js";
import { openLog } from "./log.js";
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

const retryMs = 500;
const loopbackHosts: readonly string[] = ["127.0.0.1", "localhost", "::1"];

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
    const keyring = openKeyring(store, clock, config.requestTimeoutMs);
    await requireKeysBeyondLoopback(config, keyring);
    const lanes = lanesOver(store, config.limits);
    const metrics = createMetrics({ engine: store.engine, loads: () => loadsOf(lanes) });
    const performAs = performer({
      store,
      clock,
      limits: config.limits,
      prices,
      lanes,
      timeoutMs: config.requestTimeoutMs,
      spend: rateLimit(config.rateLimitPerKey, clock),
    });
    const llmLogJob = await prepareLlmLog(config, { store, clock, limits: config.limits, prices, logger });
    const server = await createServer({
      performAs: observed(performAs, metrics.observe),
      lanes,
      metrics,
      gate: {
        keyring,
        failedLogins: new FailedLogins(config.limits.failedLogins, clock),
        insecureNoAuth: config.insecureNoAuth,
      },
      limits: config.limits,
      publicUrl: config.publicUrl,
      trustedProxies: config.trustedProxies,
      logger,
      requestTimeoutMs: config.requestTimeoutMs,
      checkReady: () => checkReady(store, config.requestTimeoutMs),
      llmLogStatus: () => llmLogJob?.status(),
    });
    const url = await server.listen({
      host: config.host,
      port: config.port,
      listenTextResolver: (address) =>
        `Listening at ${address}: GraphQL at /graphql, REST at ${restPrefix}, OTLP at /v1.`,
    });
    announce(logger, config, store, await keyring.isLocked());
    llmLogJob?.start();
    return { url, close: () => closeWithin(config.shutdownTimeoutMs, server, llmLogJob, store) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Reads take half of the connections at most, so that however many there are the other half is left to writes. */
function lanesOver({ connections }: Store, { waitingReads, waitingWrites }: Limits): Lanes {
  return {
    read: new Lane({ running: Math.max(1, Math.floor(connections / 2)), waiting: waitingReads }),
    write: new Lane({ running: connections, waiting: waitingWrites }),
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
  llmLogJob: LlmLogJob | undefined,
  store: Store,
): Promise<void> {
  const hangUp = setTimeout(() => server.server.closeAllConnections(), timeoutMs);
  await Promise.all([
    server.close(),
    Promise.race([llmLogJob?.stop(), pause(timeoutMs, undefined, { ref: false })]),
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

/**
 * Without keys whoever reaches the server may read and write everything.
 * @throws ConfigError when other machines would
 */
async function requireKeysBeyondLoopback({ host, insecureNoAuth }: Config, keyring: Keyring): Promise<void> {
  if (insecureNoAuth || loopbackHosts.includes(host) || (await keyring.isLocked())) return;
  throw new ConfigError(
    `HOST: ${host} is reachable from other machines and nothing asks callers for a key; make one with: npm run keys -- create, or listen on 127.0.0.1, or set INSECURE_NO_AUTH=true if the network around it is trusted`,
  );
}

function announce(
  logger: Logger,
  { databaseUrl, dataDir, insecureNoAuth }: Config,
  { engine }: Store,
  isLocked: boolean,
): void {
  logger.info(`The database is ${engine}.`);
  if (databaseUrl === undefined) {
    logger.warn(
      `Data is kept by the embedded ${engine} in ${dataDir}. It survives the end of this process, not a power cut; set DATABASE_URL to keep it on a PostgreSQL server.`,
    );
  }
  if (isLocked) logger.info("Callers are asked for a key.");
  if (!insecureNoAuth) return;
  logger.warn(
    isLocked
      ? "INSECURE_NO_AUTH is set and changes nothing, for there are keys; take it away."
      : "INSECURE_NO_AUTH is set: whoever reaches this address may read and write everything.",
  );
}
