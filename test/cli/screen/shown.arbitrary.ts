import fc from "fast-check";
import type { CostSummary, Dashboard, ListedRun } from "../../../src/cli/screen/report.screen.js";
import type { ShownRun } from "../../../src/cli/screen/run-summary.js";
import type { Comparison, Scoreboard } from "../../../src/screen/scoreboard.screen.js";
import { phaseNames, statuses, windows } from "../../../src/vocabulary.js";

/** Names as anybody may send them: long, wide, or meant to steer a terminal. */
const name = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
  fc.constantFrom(
    "WS-1",
    `WS-${"x".repeat(197)}`,
    "日本語".repeat(60),
    "WS\u001b[2J\u001b[31mred\u009b5m\r\n\u202e",
  ),
);
/** Small and huge amounts, to the millionth. */
const usd = fc.oneof(
  fc.integer({ min: 0, max: 9_999_999 }).map((millionths) => millionths / 1e6),
  fc.integer({ min: 0, max: 999_999_999_999 }),
);
const count = fc.oneof(fc.nat(20), fc.nat(2_147_483_647));
const seconds = fc.nat(100_000_000);
const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
const day = 86_400_000;
const instant = fc.nat(1000).map((days) => new Date(Date.UTC(2026, 1, 1) + days * day).toISOString());

const phaseName = fc.constantFrom(...phaseNames).map((word) => word.toUpperCase() as "IMPLEMENT"); // one of them
const status = fc.constantFrom(...statuses);

export const trends: fc.Arbitrary<Dashboard["trend"]> = fc.array(
  fc.record({
    start: instant,
    end: instant,
    completedCount: count,
    llmCostUsd: usd,
    costPerWsUsd: fc.option(usd),
  }),
  { maxLength: 120 },
);

export const scoreboards: fc.Arbitrary<Scoreboard> = fc.record({
  window: fc.constantFrom(...windows),
  from: fc.option(instant),
  to: instant,
  asOf: instant,
  totalRuns: count,
  completedRuns: count,
  successRate: share,
  settledSuccessRate: share,
  averageDurationSeconds: fc.option(seconds),
  p95DurationSeconds: fc.option(seconds),
  firstPassVerifyRate: share,
  llmCostUsd: usd,
  costPerCompletedWsUsd: fc.option(usd),
  autonomousBugFixCount: count,
  runsByStatus: fc.constant(statuses).chain((all) => fc.tuple(...all.map((each) => statusCount(each)))),
});

const statusCount = (each: (typeof statuses)[number]) => fc.record({ status: fc.constant(each), count });

const difference = fc.option(fc.integer({ min: -99_999_999, max: 99_999_999 }));
const change = fc.record({ difference, relative: difference });
const point = fc.option(fc.double({ min: -1, max: 1, noNaN: true }));

export const comparisons: fc.Arbitrary<Comparison> = fc.record({
  isSmallSample: fc.boolean(),
  change: fc.option(
    fc.record({
      totalRuns: change,
      successRate: point,
      settledSuccessRate: point,
      averageDurationSeconds: difference,
      p95DurationSeconds: difference,
      firstPassVerifyRate: point,
      llmCostUsd: change,
      costPerCompletedWsUsd: change,
      autonomousBugFixCount: change,
      isSmallSample: fc.boolean(),
    }),
  ),
  silentRuns: fc.record({ count }),
});

export const dashboards: fc.Arbitrary<Dashboard> = fc.record({
  from: instant,
  to: instant,
  asOf: instant,
  completedCount: count,
  averageDurationSeconds: fc.option(seconds),
  testsWritten: count,
  autonomousBugFixCount: count,
  llmCostUsd: usd,
  averageReworkCycles: share,
  costPerWsUsd: fc.option(usd),
  trend: trends,
});

const rows = fc.array(
  fc.record({ key: fc.option(name), costUsd: usd, callCount: count, executionCount: count }),
  { maxLength: 12 },
);

export const costSummaries: fc.Arbitrary<CostSummary> = fc.record({
  from: instant,
  to: instant,
  asOf: instant,
  totalUsd: usd,
  unattributedUsd: usd,
  unpricedCallCount: count,
  byDocumentType: rows,
  byWs: rows,
  byDate: rows,
  byModel: rows,
  byPhase: rows,
});

export const listedRuns: fc.Arbitrary<ListedRun> = fc.record({
  id: fc.uuid(),
  wsId: name,
  wpId: fc.option(name),
  executor: name,
  status,
  startedAt: instant,
  completedAt: fc.option(instant),
  durationSeconds: fc.option(seconds),
  reworkCycles: count,
  cost: fc.record({ totalUsd: fc.option(usd), source: fc.constant("LLM_LOG" as const), callCount: count }),
});

const phases = fc.array(
  fc.record({
    eventId: fc.uuid(),
    sequence: fc.nat(9),
    name: phaseName,
    startedAt: instant,
    completedAt: fc.option(instant),
    durationSeconds: fc.option(seconds),
    result: fc.option(fc.constantFrom("PASS" as const, "FAIL" as const)),
    testsWritten: fc.option(count),
    testsPassing: fc.option(count),
    testsFailing: fc.option(count),
    filesModified: fc.option(count),
    costUsd: fc.option(usd),
  }),
  { maxLength: 6 },
);

export const shownRuns: fc.Arbitrary<ShownRun> = fc.record({
  id: fc.uuid(),
  wsId: name,
  wpId: fc.option(name),
  scopeId: fc.constant(null),
  executor: name,
  status,
  startedAt: instant,
  completedAt: fc.option(instant),
  durationSeconds: fc.option(seconds),
  createdAt: instant,
  phases,
  testMetrics: fc.record({ written: count, passing: count, failing: count, skipped: count }),
  fileMetrics: fc.record({
    created: fc.constant([]),
    modified: fc.array(name, { maxLength: 3 }),
    deleted: fc.constant([]),
  }),
  reworkCycles: count,
  llmCalls: count,
  llmTokensIn: count,
  llmTokensOut: count,
  llmCostUsd: fc.option(usd),
  llmModel: fc.option(name),
  bugFixes: fc.array(
    fc.record({
      id: fc.uuid(),
      description: name,
      rootCause: name,
      testName: name,
      fixSummary: name,
      filesModified: fc.constant([]),
      autonomous: fc.boolean(),
      createdAt: instant,
    }),
    { maxLength: 2 },
  ),
  cost: fc.record({
    totalUsd: fc.option(usd),
    source: fc.constantFrom("LLM_LOG" as const, "NONE" as const),
    loggedUsd: fc.option(usd),
    reportedUsd: fc.option(usd),
    estimatedUsd: fc.option(usd),
    differenceUsd: fc.option(usd),
    callCount: count,
    unpricedCallCount: count,
    coverage: share,
    unattributedToPhaseUsd: fc.option(usd),
    byPhase: fc.constant([]),
    byModel: fc.constant([]),
  }),
});

export const widths = fc.oneof(fc.constantFrom(40, 59, 60, 80, 99, 100), fc.integer({ min: 40, max: 300 }));
