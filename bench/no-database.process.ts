import { pino } from "pino";
import type { ExecutionCost } from "../src/domain/cost.js";
import type { Execution } from "../src/domain/execution.js";
import type { Phase, PhaseEvent } from "../src/domain/phase.js";
import type { Operation } from "../src/operations/operation.js";
import type { PerformAs } from "../src/operations/perform.js";

/**
 * Our server without a database behind it: it reads, checks and parses requests and writes answers as the built server
 * does, and answers every write with the same run. What a request costs besides the database's work.
 */

/** A module of the build, so that what runs is what is shipped. */
const built = (path: string) => new URL(`../dist/${path}`, import.meta.url).href;
const { createServer }: typeof import("../src/http/server.js") = await import(built("http/server.js"));
const { Lane }: typeof import("../src/operations/lane.js") = await import(built("operations/lane.js"));
const { Parser }: typeof import("../src/operations/operation.js") = await import(
  built("operations/operation.js")
);
const { createMetrics }: typeof import("../src/observability/metrics.js") = await import(
  built("observability/metrics.js")
);
const { FailedLogins }: typeof import("../src/http/failed-logins.js") = await import(
  built("http/failed-logins.js")
);
const { defaultLimits: limits }: typeof import("../src/limits.js") = await import(built("limits.js"));
const { anybody }: typeof import("../src/domain/caller.js") = await import(built("domain/caller.js"));

const at = new Date();
const nothingReported = {
  ...{ completedAt: null, durationSeconds: null, result: null },
  ...{ testsWritten: null, testsPassing: null, testsFailing: null, filesModified: null },
};
const phaseOf = (event: PhaseEvent, sequence: number): Phase => ({ ...nothingReported, ...event, sequence });
const earlier = (["failing_tests", "implement", "verify", "implement"] as const).map((name, index) =>
  phaseOf(
    { eventId: `0b7e1c0e-5a8a-4d53-9c2e-00000000000${index}`, name, startedAt: at, completedAt: at },
    index + 1,
  ),
);
const executionOf = (id: string, event: PhaseEvent): Execution => ({
  ...{ id, wsId: "WS-1", wpId: "WP-1", scopeId: null, executor: "claude_code", status: "STARTED" },
  ...{ startedAt: at, completedAt: null, durationSeconds: null, createdAt: at },
  phases: [...earlier, phaseOf(event, earlier.length + 1)],
  testMetrics: { written: 6, passing: 12, failing: 0, skipped: 0 },
  fileMetrics: { created: [], modified: [], deleted: [] },
  ...{ reworkCycles: 0, llmCalls: 0, llmTokensIn: 0, llmTokensOut: 0, llmCostUsd: null, llmModel: null },
});
const cost: ExecutionCost = {
  ...{
    totalUsd: null,
    source: "NONE",
    loggedUsd: null,
    reportedUsd: null,
    estimatedUsd: null,
    differenceUsd: null,
  },
  ...{ callCount: 0, unpricedCallCount: 0, coverage: null, unattributedToPhaseUsd: null, byPhase: new Map() },
};

type Event = PhaseEvent & { readonly executionId: string };
interface Submission {
  readonly id: string;
  readonly phase: PhaseEvent;
}

/** What the operation of each name answers. */
const answers: Readonly<Record<string, (command: never) => unknown>> = {
  submitExecution: ({ id, phase }: Submission) => ({
    ...{ outcome: "RECORDED", created: false, isStart: false, execution: executionOf(id, phase) },
    phaseOutcomes: [{ eventId: phase.eventId, outcome: "RECORDED" }],
  }),
  recordPhase: ({ executionId, ...event }: Event) => {
    const execution = executionOf(executionId, event);
    return { outcome: "RECORDED", execution, phase: execution.phases.at(-1) };
  },
  recordEvents: ({ events }: { readonly events: readonly unknown[] }) =>
    events.map(() => ({ outcome: "RECORDED", execution: null, error: null })),
  executionBugFixes: () => [],
  executionCosts: ({ executionIds }: { readonly executionIds: readonly string[] }) =>
    new Map(executionIds.map((id) => [id, cost])),
};

const parser = new Parser(limits);
const performAs: PerformAs =
  () =>
  async <Command, Result>(operation: Operation<Command, Result>, input: unknown, path = "") => {
    const command = parser.parse(operation, input, path, new Date());
    return answers[operation.name]?.(command as never) as Result; // each answers what its operation does
  };

const lanes = {
  read: new Lane({ running: 5, waiting: limits.waitingReads }),
  write: new Lane({ running: 10, waiting: limits.waitingWrites }),
};
const server = await createServer({
  ...{ limits, lanes, performAs, publicUrl: undefined, trustedProxies: [], requestTimeoutMs: 10_000 },
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
