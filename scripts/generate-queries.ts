import { writeFile } from "node:fs/promises";
import { drizzle } from "drizzle-orm/pg-proxy";
import { format } from "sql-formatter";
import { usualLogColumns } from "../src/domain/llm-log.js";
import type { ExecutionFilter } from "../src/domain/page.js";
import { noCounts } from "../src/domain/repricing.js";
import * as apiKeys from "../src/store/api-key.repository.js";
import * as attribution from "../src/store/attribution.repository.js";
import * as bugFixes from "../src/store/bug-fix.repository.js";
import * as bugFixLists from "../src/store/bug-fix-list.repository.js";
import * as claims from "../src/store/claim.repository.js";
import * as costs from "../src/store/cost.repository.js";
import * as breakdowns from "../src/store/cost-breakdown.repository.js";
import * as summaries from "../src/store/cost-summary.repository.js";
import * as dashboards from "../src/store/dashboard.repository.js";
import type { Database } from "../src/store/database.js";
import * as evidence from "../src/store/evidence.repository.js";
import * as executions from "../src/store/execution.repository.js";
import * as lists from "../src/store/execution-list.repository.js";
import * as calls from "../src/store/llm-call.repository.js";
import * as logs from "../src/store/llm-log.repository.js";
import * as catalogue from "../src/store/llm-log-catalogue.repository.js";
import * as copies from "../src/store/llm-log-copy.repository.js";
import { metrics } from "../src/store/metrics.repository.js";
import * as phases from "../src/store/phase.repository.js";
import * as repricings from "../src/store/repricing.repository.js";
import * as runGroups from "../src/store/run-groups.repository.js";
import * as runSums from "../src/store/run-sum.repository.js";
import * as scoreboards from "../src/store/scoreboard.repository.js";
import * as sessions from "../src/store/session.repository.js";
import * as signs from "../src/store/sign-of-life.repository.js";
import * as spendSums from "../src/store/spend-sum.repository.js";
import { isTimeZone } from "../src/store/time-zone.repository.js";

const id = "00000000-0000-4000-8000-000000000000";
const now = new Date("2026-01-01T00:00:00Z");
const soon = new Date("2026-01-01T00:00:01Z");
const range = { from: now, to: now };
const newestFirst = { field: "started_at", direction: "desc" } as const;
const cheapestFirst = { field: "llm_cost", direction: "asc" } as const;
const filter = { wsId: "WS-1", status: ["COMPLETED"], startedFrom: now, startedTo: now } as const;
const everyFilter: ExecutionFilter = {
  ...{ wsId: "WS-1", wsIdIn: ["WS-1"], wsIdPrefix: "WS-", wpId: "WP-1", wpIdIn: ["WP-1"], wpIdPrefix: "WP-" },
  ...{ executor: "human", executorIn: ["human"], executorPrefix: "hu", scopeId: "a", scopeIdIn: ["a"] },
  ...{
    llmModelIn: ["a-model"],
    status: ["COMPLETED"],
    costSource: ["NONE"],
    startedFrom: now,
    startedTo: soon,
  },
  ...{ completedFrom: now, completedTo: soon, durationFrom: 1, durationTo: 2, costFrom: 1, costTo: 2 },
  ...{ reworkAtLeast: 1, hasBugFixes: false, hasUnpricedCalls: true, text: "flaky" },
};
const everyBugFixFilter = {
  ...{ executionId: id, wsId: "WS-1", wpId: "WP-1", executor: "human", scopeId: "a", autonomous: true },
  ...{ createdFrom: now, createdTo: soon, testNamePrefix: "it ", text: "flaky" },
};
const call = { sourceKey: "call-1", executionId: id, model: "a-model", startedAt: now };
const computed = { computedCostUsd: 0, priceVersion: "a-version" };
const pass = {
  ...{ id: 1, priceVersion: "a-version", startedAt: now, finishedAt: now },
  ...{ lastSourceKey: "call-1", lastExecutionId: id, ...noCounts },
};
const phase = { eventId: "event-1", name: "verify", startedAt: now } as const;
const bugFix = {
  id,
  executionId: id,
  description: "",
  rootCause: "",
  testName: "",
  fixSummary: "",
  autonomous: true,
};

const log = { schema: "public", table: "llm_run", columns: usualLogColumns };
const turn = { log: "public.llm_run", holder: id };
const place = { startedAt: "2026-01-01 00:00:00.123456+00", id };

/** What the repositories send, by the function that sends it. */
const queries: Readonly<Record<string, (db: Database) => Promise<unknown>>> = {
  "executions.insert": (db) =>
    executions.insert(db, { id, wsId: "", executor: "", startedAt: now, createdAt: now }),
  "executions.lock": (db) => executions.lock(db, id),
  "executions.lockAll": (db) => executions.lockAll(db, [id]),
  "executions.lockFree": (db) => executions.lockFree(db, [id]),
  "executions.byIds": (db) => executions.byIds(db, [id]),
  "executions.update, metrics": (db) =>
    executions.update(
      db,
      id,
      { testMetrics: { written: 1 }, fileMetrics: { created: null }, reworkCycles: 1 },
      now,
    ),
  "executions.update, to a final status": (db) => executions.update(db, id, { status: "COMPLETED" }, now),
  "executions.derive": (db) => executions.derive(db, [id]),
  "executions.deriveUnseen": (db) => executions.deriveUnseen(db, [id]),
  "executions.list, first page": (db) => lists.list(db, {}, newestFirst, 51, undefined),
  "executions.list, next page, filtered": (db) =>
    lists.list(db, filter, newestFirst, 51, { value: now.getTime(), id }),
  "executions.list, next page by a column with nulls": (db) =>
    lists.list(db, {}, cheapestFirst, 51, { value: 1, id }),
  "executions.countMatching": (db) => lists.countMatching(db, filter),
  "executions.countMatching, every filter": (db) => lists.countMatching(db, everyFilter),
  "executions.countMatching, text among all runs": (db) => lists.countMatching(db, { text: "flaky" }),
  "phases.upsertAll": (db) => phases.upsertAll(db, [{ executionId: id, event: phase, now }]),
  "sessions.bind": (db) => sessions.bind(db, id, "session-1", now),
  "bugFixes.insert": (db) => bugFixes.insert(db, bugFix, now),
  "bugFixes.byId": (db) => bugFixes.byId(db, id),
  "bugFixes.byExecutionIds": (db) => bugFixes.byExecutionIds(db, [id]),
  "bugFixes.list, next page, filtered": (db) =>
    bugFixLists.list(db, everyBugFixFilter, { direction: "desc" }, 51, { createdAt: now, id }),
  "bugFixes.countMatching": (db) => bugFixLists.countMatching(db, { autonomous: true }),
  "bugFixes.listOfRuns": (db) =>
    bugFixLists.listOfRuns(db, { executionIds: [id], autonomous: true }, 21, { createdAt: now, id }),
  "bugFixes.countOfRuns": (db) => bugFixLists.countOfRuns(db, { executionIds: [id] }),
  "apiKeys.insert": (db) =>
    apiKeys.insert(db, {
      id,
      name: "",
      role: "read",
      digest: new Uint8Array(),
      createdAt: now,
      expiresAt: null,
    }),
  "apiKeys.all": (db) => apiKeys.all(db),
  "apiKeys.list": (db) => apiKeys.list(db),
  "apiKeys.revoke": (db) => apiKeys.revoke(db, id, now),
  "apiKeys.noteUse": (db) => apiKeys.noteUse(db, id, now),
  "claims.hold": (db) => claims.hold(db, { executionIds: [id], sessionIds: ["session-1"] }),
  "claims.share": (db) => claims.share(db, { executionIds: [id], sessionIds: ["session-1"] }),
  "sessions.ofExecutions": (db) => sessions.ofExecutions(db, [id]),
  "sessions.executionsOf": (db) => sessions.executionsOf(db, ["session-1"]),
  "calls.insert": (db) => calls.insert(db, "api", [call], now),
  "calls.replace": (db) => calls.replace(db, "llm_log", [call], now),
  "calls.bySourceKeys": (db) => calls.bySourceKeys(db, ["call-1"]),
  "attribution.boundExecutions": (db) =>
    attribution.boundExecutions(db, [{ executorSessionId: "session-1", startedAt: now }]),
  "attribution.addToSums": (db) => attribution.addToSums(db, ["call-1"]),
  "attribution.refreshSums": (db) => attribution.refreshSums(db, [id]),
  "attribution.attributeWaiting": (db) => attribution.attributeWaiting(db, id),
  "attribution.reattribute": (db) => attribution.reattribute(db, id, [now, now]),
  "repricings.begin": (db) => repricings.begin(db, "a-version", now),
  "repricings.take": (db) => repricings.take(db, 1),
  "repricings.save": (db) => repricings.save(db, pass),
  "repricings.callsAfter": (db) => repricings.callsAfter(db, "call-1", 500),
  "repricings.lockCalls": (db) => repricings.lockCalls(db, ["call-1"]),
  "repricings.setCallCosts": (db) => repricings.setCallCosts(db, [{ sourceKey: "call-1", ...computed }]),
  "repricings.runsWithoutCallCosts": (db) => repricings.runsWithoutCallCosts(db, [id]),
  "repricings.runsAfter": (db) => repricings.runsAfter(db, id, 500, { locked: true }),
  "repricings.setEstimates": (db) => repricings.setEstimates(db, [{ id, ...computed }]),
  "costs.byExecutionIds": (db) => costs.byExecutionIds(db, [id]),
  "breakdowns.byExecutionIds": (db) => breakdowns.byExecutionIds(db, [id]),
  "logs.minutes": (db) => logs.minutes(db, log, now),
  "logs.copiedMinutes": (db) => logs.copiedMinutes(db, now),
  "logs.count": (db) => logs.count(db, log, { from: now, before: now }),
  "logs.nextChunk": (db) => logs.nextChunk(db, log, { from: now, before: now }, place, 500),
  "copies.takeTurn": (db) => copies.takeTurn(db, turn),
  "copies.advance": (db) => copies.advance(db, turn, { settledUntil: now, asOf: now, copied: 1 }),
  "copies.giveTurnBack": (db) => copies.giveTurnBack(db, turn),
  "copies.byLog": (db) => copies.byLog(db, "public.llm_run"),
  "catalogue.columnsOf": (db) => catalogue.columnsOf(db, log),
  "catalogue.tables": (db) => catalogue.tables(db),
  "catalogue.roleOf": (db) => catalogue.roleOf(db),
  dashboard: (db) => dashboards.dashboard(db, { ...range, interval: "day", timeZone: "UTC" }),
  scoreboard: (db) => scoreboards.scoreboard(db, range),
  "metrics, of runs by key and month": (db) =>
    metrics(
      db,
      {
        ...{
          of: "executions",
          groupBy: ["wp_id"],
          timeGrain: "month",
          timeZone: "Europe/Berlin",
          limit: 100,
        },
        measures: [{ measure: "count" }, { measure: "cost_usd", aggregate: "p90" }],
        filter: { execution: filter },
        having: [{ measure: "count", atLeast: 2 }],
        orderBy: [{ measure: "success_rate", direction: "desc" }],
      },
      range,
    ),
  "metrics, of the cost of phases": (db) =>
    metrics(
      db,
      {
        ...{ of: "phases", groupBy: ["phase", "rework"], timeZone: "UTC", limit: 100 },
        measures: [{ measure: "cost_usd", aggregate: "sum" }],
        ...{ filter: { rework: true }, having: [], orderBy: [] },
      },
      range,
    ),
  "metrics, of all LLM calls": (db) =>
    metrics(
      db,
      {
        ...{ of: "llm_calls", groupBy: [], timeZone: "UTC", limit: 1 },
        measures: [{ measure: "unattributed_cost_rate" }],
        ...{ filter: { model: ["a-model"] }, having: [], orderBy: [] },
      },
      range,
    ),
  "dashboards.periodFigures": (db) => dashboards.periodFigures(db, range),
  "runGroups, by Work Package": (db) => runGroups.runGroups(db, { range, by: "wp", first: 20 }),
  "runGroups, by model": (db) => runGroups.runGroups(db, { range, by: "model", first: 20 }),
  "signs.silentRuns": (db) => signs.silentRuns(db, { range, before: now, named: 10 }, now),
  "signs.lastSignsOfLife": (db) => signs.lastSignsOfLife(db, [id], now),
  "evidence.gaps": (db) => evidence.gaps(db, filter),
  "runSums.fold": (db) => runSums.fold(db, 1000),
  "runSums.differences": (db) => runSums.differences(db),
  "runSums.rebuild": (db) => runSums.rebuild(db),
  isTimeZone: (db) => isTimeZone(db, "Europe/Berlin"),
  costSummary: (db) => summaries.costSummary(db, range, "UTC"),
  "costSummary, local, ever, not of whole quarter hours": (db) =>
    summaries.costSummary(db, { from: null, to: soon }, "Asia/Kolkata"),
  costSummaryByCalls: (db) => summaries.costSummaryByCalls(db, range, "UTC"),
  "spendSums.fold": (db) => spendSums.fold(db, 1000),
  "spendSums.differences": (db) => spendSums.differences(db),
  "spendSums.rebuild": (db) => spendSums.rebuild(db),
};

/** A row wide enough for every query, so that those that go on after an answer go on. */
const noValues: readonly null[] = Array.from({ length: 64 }, () => null);

/** The statements that `query` sends to a database which answers one row of nulls. */
async function statementsOf(query: (db: Database) => Promise<unknown>): Promise<readonly string[]> {
  const statements: string[] = [];
  const db = drizzle(async (statement) => {
    statements.push(statement);
    return { rows: [noValues] };
  });
  await query(db).catch((error: unknown) => {
    if (statements.length === 0) throw error; // afterwards it only misses the values it was not given
  });
  return statements;
}

const sections: string[] = [
  "-- The SQL that the repositories send, made by `npm run generate` to be reviewed as text.\n",
];
for (const [name, query] of Object.entries(queries)) {
  const statements = await statementsOf(query);
  const formatted = statements.map((statement) =>
    format(statement, { language: "postgresql", expressionWidth: 90 }),
  );
  sections.push(`-- ${name}\n${formatted.join(";\n\n")};\n`);
}
await writeFile(new URL("../src/store/queries.sql", import.meta.url), sections.join("\n"));
