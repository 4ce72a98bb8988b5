import { sql } from "drizzle-orm";
import type { EvidenceGaps } from "../domain/evidence.js";
import type { ExecutionFilter } from "../domain/page.js";
import { sumOf } from "./aggregates.sql.js";
import type { Database } from "./database.js";
import { wsExecutions as runs } from "./execution.table.js";
import { matchesExecution } from "./execution-filter.sql.js";
import { instantOf } from "./instant.sql.js";
import { wsPhases as phases } from "./phase.table.js";

/** What is missing of the runs that match; undefined when none does. */
export async function gaps(db: Database, filter: ExecutionFilter): Promise<EvidenceGaps | undefined> {
  const [row] = await db
    .select({
      count: sumOf(sql`count(*)`),
      firstStartedAt: instantOf(sql`min(${runs.startedAt})`),
      runsWithoutPhases: sumOf(sql`count(*) filter (where found.phase_count = 0)`),
      openPhases: sumOf(sql`sum(found.open_count)`),
      phasesWithoutResult: sumOf(sql`sum(found.untold_count)`),
      differingRuns: sumOf(sql`count(*) filter (where ${runs.loggedCostUsd} <> ${runs.llmCostUsd})`),
    })
    .from(runs)
    .crossJoin(
      sql`lateral (
        select
          count(*) as phase_count, count(*) filter (where ${phases.completedAt} is null) as open_count,
          count(*) filter (where ${phases.completedAt} is not null and ${phases.result} is null) as untold_count
        from ${phases}
        where ${phases.wsExecutionId} = ${runs.id}
      ) as found`,
    )
    .where(matchesExecution(filter));
  if (row === undefined) throw new Error("an aggregate over no rows still has one");
  const { count, ...found } = row;
  return count === 0 ? undefined : found;
}
