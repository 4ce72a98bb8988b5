import { sql } from "drizzle-orm";
import type { ExecutionCost } from "../domain/cost.js";
import { rate } from "./aggregates.sql.js";
import { isAmong } from "./among.sql.js";
import { builtOnce } from "./built-once.js";
import type { Database } from "./database.js";
import { wsExecutions } from "./execution.table.js";
import { phaseOfCall } from "./phase-of-call.sql.js";

/** The cost of several runs, by run id. */
export async function byExecutionIds(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ExecutionCost>> {
  const rows = await ofExecutions(db).execute({ ids: JSON.stringify(ids) });
  return new Map(
    rows.map(({ id, byPhase, ...cost }) => [
      id,
      { ...cost, byPhase: new Map(Object.entries(byPhase ?? {})) },
    ]),
  );
}

const ofExecutions = builtOnce((db) =>
  db
    .select({
      id: wsExecutions.id,
      totalUsd: wsExecutions.costUsd,
      loggedUsd: wsExecutions.loggedCostUsd,
      reportedUsd: wsExecutions.llmCostUsd,
      estimatedUsd: wsExecutions.estimatedCostUsd,
      source: wsExecutions.costSource,
      callCount: wsExecutions.loggedCallCount,
      unpricedCallCount: wsExecutions.loggedUnpricedCallCount,
      coverage: rate(
        sql`${wsExecutions.loggedCallCount} - ${wsExecutions.loggedUnpricedCallCount}`,
        sql`${wsExecutions.loggedCallCount}`,
      ),
      differenceUsd: sql<number | null>`${wsExecutions.loggedCostUsd} - ${wsExecutions.llmCostUsd}`.mapWith(
        wsExecutions.loggedCostUsd,
      ),
      unattributedToPhaseUsd: sql<
        number | null
      >`${wsExecutions.costUsd} - case when ${wsExecutions.loggedCostUsd} is null then 0 else coalesce(phases.total_usd, 0) end`.mapWith(
        wsExecutions.costUsd,
      ),
      byPhase: sql<Readonly<Record<string, number | null>> | null>`phases.by_event_id`,
    })
    .from(wsExecutions)
    .leftJoin(
      sql`lateral (
        select jsonb_object_agg(event_id, cost_usd) as by_event_id, sum(cost_usd) as total_usd
        from (
          select phase.event_id, sum(calls.cost_usd) as cost_usd
          from (
            select ${wsExecutions.id} as id, ${wsExecutions.completedAt} as completed_at
            where ${wsExecutions.loggedCallCount} > 0 -- most have none, and are asked no further
          ) as runs
          join llm_calls as calls on calls.ws_execution_id = runs.id
          ${phaseOfCall}
          where phase.event_id is not null
          group by phase.event_id
        ) as sums
      ) as phases`,
      sql`true`,
    )
    .where(isAmong(wsExecutions.id, sql.placeholder("ids")))
    .prepare("costs_of_executions"),
);
