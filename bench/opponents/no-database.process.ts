import { pino } from "pino";
import type { Operation } from "../../src/operations/operation.js";
import type { PerformAs } from "../../src/operations/perform.js";
import { cannedAnswers } from "./canned-answers.js";

/**
 * Our server without a database behind it: it reads, checks and parses requests and writes answers as the built server
 * does, and answers every write with the same run. What a request costs besides the database's work.
 */

/** A module of the build, so that what runs is what is shipped. */
const built = <Module>(path: string): Promise<Module> =>
  import(new URL(`../../dist/${path}`, import.meta.url).href);
const { createServer } = await built<typeof import("../../src/http/server.js")>("http/server.js");
const { FailedLogins } =
  await built<typeof import("../../src/http/failed-logins.js")>("http/failed-logins.js");
const { Lane } = await built<typeof import("../../src/operations/lane.js")>("operations/lane.js");
const { Parser } = await built<typeof import("../../src/operations/operation.js")>("operations/operation.js");
const { createMetrics } =
  await built<typeof import("../../src/observability/metrics.js")>("observability/metrics.js");
const { anybody } = await built<typeof import("../../src/domain/caller.js")>("domain/caller.js");
const { defaultLimits: limits } = await built<typeof import("../../src/limits.js")>("limits.js");

const answers: Readonly<Record<string, ((command: never) => unknown) | undefined>> = cannedAnswers;
const parser = new Parser(limits);
const performAs: PerformAs =
  () =>
  async <Command, Result>(operation: Operation<Command, Result>, input: unknown, at = "") => {
    const command = parser.parse(operation, input, at, new Date());
    // The answer under a name is of the operation that has it.
    return answers[operation.name]?.(command as never) as Result;
  };

const server = await createServer({
  ...{
    limits,
    performAs,
    publicUrl: undefined,
    trustedProxies: [],
    explorer: false,
    requestTimeoutMs: 10_000,
  },
  lanes: {
    read: new Lane({ running: 5, waiting: limits.waitingReads }),
    write: new Lane({ running: 10, waiting: limits.waitingWrites }),
    analysis: new Lane({ running: 1, waiting: limits.waitingReads }),
  },
  clock: () => new Date(),
  documents: { manifests: [], only: false },
  logger: pino({ level: "error" }),
  metrics: createMetrics({ engine: "none", loads: () => [] }),
  gate: {
    keyring: { isLocked: async () => false, callerOf: async () => anybody },
    failedLogins: new FailedLogins(limits.failedLogins, () => new Date()),
    insecureNoAuth: false,
  },
  checkReady: async () => {},
  llmLogStatus: () => undefined,
});
process.once("SIGTERM", () => server.close().then(() => process.exit(0)));
await server.listen({ host: "127.0.0.1", port: Number(process.env.PORT) });
