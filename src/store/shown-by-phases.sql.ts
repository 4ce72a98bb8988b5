import { type Placeholder, type SQL, sql } from "drizzle-orm";
import type { PhaseName, PhaseResult } from "../vocabulary.js";
import { isAmong } from "./among.sql.js";
import { wsPhases } from "./phase.table.js";
import { literal, literals } from "./words.sql.js";

const utc = (column: SQL) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The counter of the last `verify`. */
const lastVerify = (column: SQL) =>
  sql`coalesce((array_agg(${column} order by started_at desc, sequence desc, event_id collate "C" desc) filter (where name = ${literal<PhaseName>("verify")}))[1], 0)`;

/**
 * One row for each of some runs, with what its phases show: the `phase_metrics` document in reading order, the test metrics
 * they imply, and how often an `implement` follows a failed `verify` (the nearest `verify` or `implement` before
 * it). A sum of tests stops at the largest integer its column holds.
 */
export function shownByPhases(executionIds: Placeholder): SQL {
  return sql`
    select
      ws_execution_id,
      jsonb_build_object('phases', coalesce(
        jsonb_agg(entry order by sequence, started_at, event_id collate "C"), '[]'::jsonb)) as phase_metrics,
      jsonb_build_object(
        'written', least(coalesce(sum(tests_written), 0), 2147483647),
        'passing', ${lastVerify(sql`tests_passing`)},
        'failing', ${lastVerify(sql`tests_failing`)},
        'skipped', 0) as test_metrics,
      (count(*) filter (where name = ${literal<PhaseName>("implement")}
        and previous_name = ${literal<PhaseName>("verify")} and previous_result = ${literal<PhaseResult>("fail")}))::integer
        as rework_cycles
    from (
      select
        ws_execution_id, sequence, event_id, name, started_at, tests_written, tests_passing, tests_failing,
        lag(name) over work as previous_name,
        lag(result) over work as previous_result,
        jsonb_build_object(
          'event_id', event_id,
          'sequence', sequence,
          'name', name,
          'started_at', ${utc(sql`started_at`)},
          'completed_at', ${utc(sql`completed_at`)},
          'duration_seconds', duration_seconds,
          'result', result
        ) || jsonb_strip_nulls(jsonb_build_object(
          'tests_written', tests_written,
          'tests_passing', tests_passing,
          'tests_failing', tests_failing,
          'files_modified', files_modified)) as entry
      from ws_phases
      where ${isAmong(wsPhases.wsExecutionId, executionIds)}
      window work as (
        partition by ws_execution_id, name in (${literals(["implement", "verify"])})
        order by started_at, sequence, event_id collate "C")
    ) as phases
    group by ws_execution_id`;
}
