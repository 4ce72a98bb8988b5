import type { z } from "zod";
import type { MetricsClient } from "../../client/client.js";
import { costSummaryDocument, executionDocument, scoreboardDocument } from "../../client/documents.js";
import { parseUuid } from "../../domain/uuid.js";
import { badUserInput, MetricsError } from "../../errors.js";
import { defaultLimits } from "../../limits.js";
import type { Input, KnownPhase, ReadMetrics, ReadRun } from "../../mcp/reporting.js";
import { fieldsWithin, optional, record, word } from "../../operations/fields.schema.js";
import { windows } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import { faultsOf } from "../event-rules.js";
import { sentWindows } from "../show/scoreboard.js";

const runQuestion = record({ id: fieldsWithin(defaultLimits, () => new Date()).uuid });
const metricsQuestion = record({ window: optional(word(windows)) });

/** @throws MetricsError `BAD_USER_INPUT`, or `NOT_FOUND` */
export async function readRun(client: MetricsClient, input: Input): Promise<ReadRun> {
  const { id } = parsed(runQuestion, input);
  const { execution } = await client.request(executionDocument, { id });
  if (execution === null || execution === undefined)
    throw new MetricsError("NOT_FOUND", `There is no execution ${id}.`);
  return {
    ...execution,
    wpId: execution.wpId ?? null,
    completedAt: execution.completedAt ?? null,
    durationSeconds: execution.durationSeconds ?? null,
    phases: execution.phases.map((phase) => ({
      ...phase,
      completedAt: phase.completedAt ?? null,
      durationSeconds: phase.durationSeconds ?? null,
      result: phase.result ?? null,
    })),
    cost: {
      ...execution.cost,
      totalUsd: execution.cost.totalUsd ?? null,
      byPhase: rowsOf(execution.cost.byPhase),
      byModel: rowsOf(execution.cost.byModel),
    },
  };
}

/** @throws MetricsError `BAD_USER_INPUT` */
export async function readMetrics(client: MetricsClient, input: Input): Promise<ReadMetrics> {
  const { window = "7d" } = parsed(metricsQuestion, input);
  const { scoreboard } = await client.request(scoreboardDocument, { window: sentWindows[window] });
  const { from, to } = scoreboard;
  const { costSummary } = await client.request(costSummaryDocument, { from, to });
  return {
    scoreboard: {
      ...scoreboard,
      from: from ?? null,
      successRate: scoreboard.successRate ?? null,
      firstPassVerifyRate: scoreboard.firstPassVerifyRate ?? null,
      averageDurationSeconds: scoreboard.averageDurationSeconds ?? null,
      p95DurationSeconds: scoreboard.p95DurationSeconds ?? null,
      costPerCompletedWsUsd: scoreboard.costPerCompletedWsUsd ?? null,
    },
    byPhase: rowsOf(costSummary.byPhase),
    byModel: rowsOf(costSummary.byModel),
    unpricedCallCount: costSummary.unpricedCallCount,
  };
}

/**
 * The phases that are open here; where none is, those that the server knows, if it is there. Undefined for what names
 * no run.
 */
export async function phasesIn(cli: Cli, executionId: unknown): Promise<readonly KnownPhase[] | undefined> {
  const id = typeof executionId === "string" ? parseUuid(executionId) : undefined;
  if (id === undefined) return undefined;
  const open = await cli.ledger().openPhases(id);
  if (open.length > 0) return open.map((phase) => ({ ...phase, completedAt: null }));
  try {
    const { phases } = await readRun(cli.client(), { id });
    return phases.map((phase) => ({ ...phase, name: phase.name.toLowerCase() }));
  } catch {
    return []; // whoever reports is told by what becomes of the report
  }
}

const rowsOf = (
  rows: readonly { readonly key?: string | null; readonly costUsd: number; readonly callCount: number }[],
) => rows.map(({ key = null, costUsd, callCount }) => ({ key, costUsd, callCount }));

function parsed<Question>(schema: z.ZodType<Question>, input: Input): Question {
  const { data, error } = schema.safeParse(input);
  if (error !== undefined) throw badUserInput(faultsOf(error));
  return data as Question; // without an error there is data
}
