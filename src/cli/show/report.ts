import type { ExecutionsQuery } from "../../client/client.js";
import { costSummaryDocument, dashboardDocument, executionsDocument } from "../../client/documents.js";
import type { Interval as SentInterval } from "../../client/gql/graphql.js";
import type { Interval } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import { csv } from "../csv.js";
import {
  type Breakdown,
  breakdownScreen,
  breakdowns,
  type ListedRun,
  reportScreen,
  runsScreen,
} from "../screen/report.screen.js";
import { screenOf } from "../screen/screen.js";
import { UsageError } from "../usage-error.js";

/** What `wsm report` is asked. */
export interface ReportOptions {
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
  readonly by?: Breakdown;
  readonly executions?: boolean;
  readonly limit?: number;
  readonly interval?: Interval;
  readonly timeZone?: string;
  readonly csv?: boolean;
}

const hourMs = 3_600_000;
const units: Readonly<Record<string, number>> = { h: hourMs, d: 24 * hourMs, w: 7 * 24 * hourMs };
const usualRange = "30d";
const pageSize = 500;

/** Shows a range: all of it, one breakdown, or its runs. */
export async function showReport(cli: Cli, options: ReportOptions): Promise<void> {
  const range = rangeOf(options, cli.surroundings.now());
  if (options.executions === true) return await showRuns(cli, range, options);
  const timeZone = options.timeZone ?? "UTC";
  const { costSummary } = await cli.client().request(costSummaryDocument, { ...range, timeZone });
  const { by } = options;
  if (by !== undefined || options.csv === true) {
    const rows = costSummary[breakdowns[by ?? "phase"]];
    const text = options.csv
      ? csv(
          rows.map(({ key, costUsd, callCount, executionCount }) => ({
            ...{ key, cost_usd: costUsd, call_count: callCount, execution_count: executionCount },
          })),
          ["key", "cost_usd", "call_count", "execution_count"],
          cli.surroundings.out,
        )
      : breakdownScreen(by ?? "phase", costSummary, screenOf(cli));
    return cli.result({ costSummary }, text);
  }
  const interval = (options.interval ?? "day").toUpperCase() as SentInterval; // `Uppercase` is what the schema makes of it
  const { dashboard } = await cli.client().request(dashboardDocument, { ...range, interval, timeZone });
  cli.result({ dashboard, costSummary }, reportScreen(dashboard, costSummary, screenOf(cli), timeZone));
}

async function showRuns(
  cli: Cli,
  { from, to }: { readonly from: string; readonly to: string },
  { limit = 20, csv: isCsv }: ReportOptions,
): Promise<void> {
  const runs: ListedRun[] = [];
  const filter = { startedFrom: from, startedTo: to };
  let after: string | null = null;
  let totalCount = 0;
  do {
    const first = Math.min(pageSize, limit - runs.length);
    const { executions }: ExecutionsQuery = await cli
      .client()
      .request(executionsDocument, { filter, first, after });
    runs.push(...executions.nodes);
    ({ totalCount } = executions);
    after = executions.pageInfo.hasNextPage ? (executions.pageInfo.endCursor ?? null) : null;
  } while (after !== null && runs.length < limit);
  const text = isCsv
    ? csv(runs.map(csvRow), csvColumns, cli.surroundings.out)
    : runsScreen(runs, screenOf(cli));
  cli.result({ executions: runs, totalCount }, text);
  if (totalCount > runs.length) cli.say(`${runs.length} of ${totalCount} runs; --limit shows more.`);
}

const csvColumns = [
  "id",
  "ws_id",
  "wp_id",
  "executor",
  "status",
  "started_at",
  "completed_at",
  "duration_seconds",
  "rework_cycles",
  "cost_usd",
];

const csvRow = (run: ListedRun) => ({
  id: run.id,
  ws_id: run.wsId,
  wp_id: run.wpId,
  executor: run.executor,
  status: run.status,
  started_at: run.startedAt,
  completed_at: run.completedAt,
  duration_seconds: run.durationSeconds,
  rework_cycles: run.reworkCycles,
  cost_usd: run.cost.totalUsd,
});

/** @throws UsageError when the range is none */
function rangeOf({ from, to, last }: ReportOptions, now: Date) {
  if (from !== undefined && last !== undefined) throw new UsageError("Give --from or --last, not both.");
  const [, amount, unit = ""] = /^(\d{1,4})([hdw])$/.exec(last ?? usualRange) ?? [];
  const unitMs = units[unit];
  if (amount === undefined || unitMs === undefined)
    throw new UsageError(`--last must be hours, days or weeks, such as 12h, 7d or 4w.`);
  const end = to ?? now.toISOString();
  return { from: from ?? new Date(Date.parse(end) - Number(amount) * unitMs).toISOString(), to: end };
}
