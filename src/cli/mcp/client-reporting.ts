import { type MetricsClient, ReportFailure } from "../../client/client.js";
import { costSummaryDocument, executionDocument, scoreboardDocument } from "../../client/documents.js";
import type { PhaseName as SentName, PhaseResult as SentResult } from "../../client/gql/graphql.js";
import { withCamelNames } from "../../domain/snake-names.js";
import { phaseEvent } from "../../mcp/phase-event.js";
import type { Reporting } from "../../mcp/reporting.js";
import { ToolFailure } from "../../mcp/tool-failure.js";
import type { Cli } from "../cli.js";
import { sessionAround } from "../executor.js";
import { sentWindows } from "../show/scoreboard.js";
import { UsageError } from "../usage-error.js";
import { enterExecution, leaveExecution } from "../work-tree.js";
import { shownExecution, shownMetrics } from "./shown.js";

/** Reports through a client of the server, which keeps what cannot be delivered, and finds the run by itself. */
export function clientReporting(cli: Cli, client: MetricsClient): Reporting {
  const { env, folder, now } = cli.surroundings;
  const ledger = cli.ledger();

  return {
    start: ({ execution_id, session_id, ws_id, wp_id, executor }) =>
      failing(async () => {
        const id = execution_id ?? crypto.randomUUID();
        const executorSessionId = session_id ?? sessionAround(env);
        const startedAt = execution_id === undefined ? now().toISOString() : undefined;
        const { outcome } = await client.startExecution({
          ...{ id, wsId: ws_id, wpId: wp_id, executor, executorSessionId, startedAt },
        });
        await cli.remember(ledger.remember(id, { wsId: ws_id, executor }));
        await cli.remember(enterExecution(folder, id));
        return reported(id, outcome);
      }),
    phase: (input) =>
      failing(async () => {
        const id = await cli.executionId(input.execution_id);
        const event = await phaseEvent(id, input, () => ledger.openPhases(id));
        const { eventId, startedAt } = event;
        const isOpen = event.completedAt === undefined;
        const result = "result" in event ? (event.result.toUpperCase() as SentResult) : undefined; // as GraphQL spells it
        const { outcome } = await client.recordPhase({
          ...event,
          name: event.name.toUpperCase() as SentName, // likewise
          result,
        });
        await cli.remember(
          isOpen ? ledger.open(id, { eventId, name: event.name, startedAt }) : ledger.close(id, eventId),
        );
        return { ...reported(id, outcome), event_id: eventId, name: event.name, is_open: isOpen };
      }),
    complete: ({ execution_id, status = "COMPLETED", ...input }) =>
      failing(async () => {
        const id = await cli.executionId(execution_id);
        const { outcome } = await client.completeExecution({
          ...asObject(withCamelNames(input)),
          id,
          status,
        });
        await cli.remember(ledger.setStatus(id, status));
        await cli.remember(leaveExecution(folder, id));
        return { ...reported(id, outcome), status };
      }),
    bugFix: ({ execution_id, id: given, ...input }) =>
      failing(async () => {
        const executionId = await cli.executionId(execution_id);
        const { id, outcome } = await client.recordBugFix({
          id: given,
          executionId,
          description: input.description,
          rootCause: input.root_cause,
          testName: input.test_name,
          fixSummary: input.fix_summary,
          filesModified: input.files_modified ?? null,
          autonomous: input.autonomous,
        });
        return { ...reported(executionId, outcome), id };
      }),
    execution: ({ execution_id }) =>
      failing(async () => {
        const id = await cli.executionId(execution_id);
        const { execution } = await client.request(executionDocument, { id });
        if (!execution) throw new ToolFailure("NOT_FOUND", `There is no execution ${id}.`);
        return shownExecution(execution);
      }),
    metrics: ({ window = "7d" }) =>
      failing(async () => {
        const { scoreboard } = await client.request(scoreboardDocument, { window: sentWindows[window] });
        const { from = null, to } = scoreboard;
        const { costSummary } = await client.request(costSummaryDocument, { from, to, timeZone: "UTC" });
        return shownMetrics(window, scoreboard, costSummary);
      }),
  };
}

async function failing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ReportFailure) {
      const code = error.kind === "unavailable" ? "UNAVAILABLE" : error.code;
      throw new ToolFailure(code, error.message, error.errors);
    }
    if (error instanceof UsageError) throw new ToolFailure("NOT_FOUND", error.message);
    throw error;
  }
}

const reported = (
  execution_id: string,
  outcome: Awaited<ReturnType<MetricsClient["recordPhase"]>>["outcome"],
) => ({
  execution_id,
  outcome,
  replayed: outcome === "DUPLICATE",
});

const asObject = (value: unknown) => value as Record<string, unknown>; // what an object becomes is one
