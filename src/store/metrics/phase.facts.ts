import { type SQL, sql } from "drizzle-orm";
import type { PhaseName, PhaseResult } from "../../vocabulary.js";
import { phaseOfCall } from "../phase-of-call.sql.js";
import { literal, literals } from "../words.sql.js";
import type { Facts } from "./facts.js";
import { ratio } from "./ratio.sql.js";
import { runDimensions } from "./run-dimensions.sql.js";

const from = sql`ws_phases as phases left join ws_executions as runs on runs.id = phases.ws_execution_id`;

/** Whether a verify of the run had failed before the phase. */
const isRework = sql`exists (
  select from ws_phases as earlier
  where earlier.ws_execution_id = phases.ws_execution_id and earlier.name = ${literal<PhaseName>("verify")}
    and earlier.result = ${literal<PhaseResult>("fail")}
    and (earlier.started_at, earlier.sequence, earlier.event_id collate "C")
      < (phases.started_at, phases.sequence, phases.event_id collate "C"))`;

/**
 * What the calls of each phase cost, of all runs whose phases count. `offset 0` has the calls looked up run by run: the
 * planner thinks that there are more of them than there are, and would read all calls. Grouped by the id of the run, for of
 * `calls` it would think that there are few groups, and compare each phase with all of them.
 */
const costs = (where: SQL) => sql`
  left join (
    select runs.id as ws_execution_id, phase.event_id, sum(calls.cost_usd) as cost_usd
    from (
      select * from ws_executions where id in (select phases.ws_execution_id from ${from} where ${where})
    ) as runs
    cross join lateral (select * from llm_calls where ws_execution_id = runs.id offset 0) as calls
    ${phaseOfCall}
    where phase.event_id is not null
    group by runs.id, phase.event_id
  ) as costs on costs.ws_execution_id = phases.ws_execution_id and costs.event_id = phases.event_id`;

/** Phases. */
export const phaseFacts: Facts<"phases"> = {
  from,
  clock: sql`phases.started_at`,
  dimensions: {
    ...runDimensions,
    phase: sql`phases.name`,
    phase_result: sql`phases.result`,
    rework: isRework,
  },
  measures: {
    count: (of) => of.count(),
    execution_count: (of) => of.whole(sql`count(distinct phases.ws_execution_id)`),
    pass_rate: (of) =>
      ratio(
        of.count(sql`phases.result = ${literal<PhaseResult>("pass")}`),
        of.count(sql`phases.result in (${literals(["pass", "fail"])})`),
      ),
    duration_seconds: sql`phases.duration_seconds`,
    cost_usd: sql`case
      when runs.logged_cost_usd is null then null when costs.event_id is null then 0 else costs.cost_usd end`,
    tests_written: sql`phases.tests_written`,
    tests_passing: sql`phases.tests_passing`,
    tests_failing: sql`phases.tests_failing`,
    files_modified: sql`phases.files_modified`,
  },
  joins: { cost_usd: costs },
};
