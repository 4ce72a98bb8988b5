import { z } from "zod";
import { comparedDashboard, comparedScoreboard } from "../operations/comparison.operations.js";
import { execution } from "../operations/execution.operations.js";
import { executions, executionTotal } from "../operations/execution-list.operations.js";
import type { Perform } from "../operations/perform.js";
import { costSummary, dashboard, scoreboard } from "../operations/report.operations.js";
import { executionAnswer, executionPageAnswer } from "./answers/execution.answer.js";
import { costSummaryAnswer, dashboardAnswer, scoreboardAnswer } from "./answers/report.answer.js";
import { presentComparedDashboard, presentComparedScoreboard } from "./comparison.presenter.js";
import { presentExecution, presentExecutions } from "./execution.presenter.js";
import { executionFilterParameters } from "./execution-filter.parameters.js";
import { prefersText } from "./negotiation.js";
import { inputOf, numeral, type Parameters } from "./parameters.js";
import { presentCostSummary, presentDashboard, presentScoreboard } from "./report.presenter.js";
import { type RestAnswer, type RestRequest, type RestRoute, readRoute } from "./route.js";
import { comparedScoreboardText, scoreboardText } from "./scoreboard.text.js";

/** A column's own name says the same as the word of the order. */
const orderColumns: ReadonlyMap<string, string> = new Map([
  ["duration_seconds", "duration"],
  ["llm_cost_usd", "llm_cost"],
]);

const listParameters: Parameters = {
  ...executionFilterParameters,
  order_by: { field: "orderBy.field", aliases: orderColumns },
  direction: { field: "orderBy.direction" },
  limit: { field: "first", read: numeral },
  cursor: { field: "after" },
};
const costParameters: Parameters = {
  from: { field: "from" },
  to: { field: "to" },
  time_zone: { field: "timeZone" },
};
const compare = { compare: { field: "compare" } };
const dashboardParameters: Parameters = {
  ...costParameters,
  interval: { field: "interval" },
  ...compare,
};
const scoreboardParameters: Parameters = { window: { field: "window" }, ...compare };
const noParameters: Parameters = {};

async function listExecutions(perform: Perform, { query }: RestRequest) {
  const { filter, ...input } = inputOf(listParameters, query);
  const page = await perform(executions, { ...input, filter });
  const [presented, total] = await Promise.all([
    presentExecutions(
      perform,
      page.items.map(({ execution: found }) => found),
    ),
    perform(executionTotal, { filter }),
  ]);
  const nextCursor = page.hasNextPage ? (page.items.at(-1)?.cursor ?? null) : null;
  const body = { executions: presented, next_cursor: nextCursor, total_count: total };
  return { status: 200, body: body satisfies z.input<typeof executionPageAnswer> };
}

async function getExecution(perform: Perform, { params, query }: RestRequest) {
  const found = await perform(execution, { ...inputOf(noParameters, query), id: params.id });
  return { status: 200, body: await presentExecution(perform, found) };
}

async function getDashboard(perform: Perform, { query }: RestRequest) {
  const input = inputOf(dashboardParameters, query);
  const body =
    input.compare === undefined
      ? presentDashboard(await perform(dashboard, input))
      : presentComparedDashboard(await perform(comparedDashboard, input));
  return { status: 200, body };
}

async function getCostSummary(perform: Perform, { query }: RestRequest) {
  return {
    status: 200,
    body: presentCostSummary(await perform(costSummary, inputOf(costParameters, query))),
  };
}

async function getScoreboard(perform: Perform, { query, accept }: RestRequest): Promise<RestAnswer> {
  const input = inputOf(scoreboardParameters, query);
  const isText = prefersText(accept);
  if (input.compare === undefined) {
    const board = await perform(scoreboard, input);
    return isText ? await scoreboardText(perform, board) : { status: 200, body: presentScoreboard(board) };
  }
  const compared = await perform(comparedScoreboard, input);
  if (isText) return await comparedScoreboardText(perform, compared);
  return { status: 200, body: presentComparedScoreboard(compared) };
}

const json = (schema: z.ZodType) => ({ 200: { "application/json": schema } });

export const readRoutes: readonly RestRoute[] = [
  readRoute("/ws-executions", executions, {
    answer: listExecutions,
    parameters: listParameters,
    operationId: "listExecutions",
    summary: "List runs, page by page",
    answers: json(executionPageAnswer),
  }),
  readRoute("/ws-executions/:id", execution, {
    answer: getExecution,
    parameters: noParameters,
    operationId: "getExecution",
    summary: "Read one run",
    answers: json(executionAnswer),
    refusals: ["NOT_FOUND"],
  }),
  readRoute("/dashboard", dashboard, {
    answer: getDashboard,
    parameters: dashboardParameters,
    operationId: "getDashboard",
    summary: "Read the figures of a period, and its trend",
    description: "The last 30 days unless it says otherwise; `compare` puts the period before beside it.",
    input: comparedDashboard.schema,
    answers: json(dashboardAnswer),
  }),
  readRoute("/cost-summary", costSummary, {
    answer: getCostSummary,
    parameters: costParameters,
    operationId: "getCostSummary",
    summary: "Read what was spent in a range, and on what",
    description: "All time unless it says otherwise.",
    answers: json(costSummaryAnswer),
  }),
  readRoute("/scoreboard", scoreboard, {
    answer: getScoreboard,
    parameters: scoreboardParameters,
    operationId: "getScoreboard",
    summary: "Read the figures of a window that ends now",
    description: "As text for a terminal where a client would rather read `text/plain` than JSON.",
    input: comparedScoreboard.schema,
    answers: { 200: { "application/json": scoreboardAnswer, "text/plain": z.string() } },
  }),
];
