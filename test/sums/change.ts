import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { foldSums } from "../../src/services/kept-sums.service.js";
import { finalStatuses, type Status, statuses } from "../../src/vocabulary.js";
import { instantsAround } from "../property/facts.arbitrary.js";
import { second } from "../support/clock.js";
import type { TestDatabase } from "../support/database.js";
import { perhaps } from "../support/property.js";

interface RunFigures {
  readonly startedAt: number;
  readonly status: Status;
  readonly durationSeconds: number;
  readonly reworkCycles: number;
  readonly testsWritten: number;
  readonly costUsd: number | null;
}

/** Something that happens to the tables; `nth` chooses among the rows there are. */
export type Change =
  | { readonly kind: "start" | "change"; readonly nth: number; readonly run: RunFigures }
  | {
      readonly kind: "fix" | "changeFix";
      readonly nth: number;
      readonly at: number;
      readonly autonomous: boolean;
    }
  | { readonly kind: "touch" | "delete" | "deleteFix"; readonly nth: number }
  | { readonly kind: "fold"; readonly limit: number }
  | { readonly kind: "emptyFixes" };

const durations = fc.oneof(
  fc.integer({ min: 0, max: 70 }),
  fc.integer({ min: 600, max: 700 }),
  fc.integer({ min: 0, max: 400_000_000 }),
);

/** Changes whose times lie around `pivot`. */
export function changesAround(pivot: number): fc.Arbitrary<readonly Change[]> {
  const nth = fc.nat(40);
  const run = fc.record({
    startedAt: instantsAround(pivot),
    status: fc.oneof(fc.constantFrom(...statuses), fc.constant("COMPLETED" as const)),
    durationSeconds: durations,
    reworkCycles: fc.nat(3),
    testsWritten: fc.nat(9),
    costUsd: perhaps(fc.nat(2_000_000).map((micros) => micros / 1_000_000)),
  });
  const fix = { nth, at: instantsAround(pivot), autonomous: fc.boolean() };
  const start = fc.record({ kind: fc.constant("start" as const), nth, run });
  const change = fc.oneof(
    fc.record({ kind: fc.constant("change" as const), nth, run }),
    fc.record({ kind: fc.constantFrom("fix" as const, "changeFix" as const), ...fix }),
    fc.record({ kind: fc.constantFrom("touch" as const, "delete" as const, "deleteFix" as const), nth }),
    fc.record({ kind: fc.constant("fold" as const), limit: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ kind: fc.constant("emptyFixes" as const) }),
  );
  return fc.array(fc.oneof(start, start, change, change, change), { minLength: 10, maxLength: 60 });
}

const nthOf = (table: string, nth: string) =>
  `(select id from ${table} order by id offset ${nth} % greatest(1, (select count(*) from ${table})) limit 1)`;

function columnsOf({ startedAt, status, durationSeconds, reworkCycles, testsWritten, costUsd }: RunFigures) {
  const isFinal = finalStatuses.some((final) => final === status);
  const completedAt = isFinal ? new Date(startedAt + durationSeconds * second) : null;
  return [new Date(startedAt), status, completedAt, reworkCycles, testsWritten, costUsd];
}

/** Makes the change, whoever else works on the same tables. */
export async function apply({ sql, store }: TestDatabase, change: Change): Promise<void> {
  const figures =
    "started_at, status, completed_at, reported_rework_cycles, derived_test_metrics, llm_cost_usd";
  const values = `$2, $3, $4, $5::integer, jsonb_build_object('written', $6::integer), $7::numeric`;
  switch (change.kind) {
    case "start":
      await sql(
        `insert into ws_executions (id, ws_id, executor, ${figures}) values ($1, 'WS-1', 'human', ${values})`,
        [randomUUID(), ...columnsOf(change.run)],
      );
      break;
    case "change":
      await sql(
        `update ws_executions set (${figures}) = row(${values}) where id = ${nthOf("ws_executions", "$1::integer")}`,
        [change.nth, ...columnsOf(change.run)],
      );
      break;
    case "touch":
      await sql(
        `update ws_executions set wp_id = 'WP-1' where id = ${nthOf("ws_executions", "$1::integer")}`,
        [change.nth],
      );
      break;
    case "delete":
      await sql(
        `with gone as (delete from ws_bug_fixes where ws_execution_id = ${nthOf("ws_executions", "$1::integer")})
         delete from ws_executions where id = ${nthOf("ws_executions", "$1::integer")}`,
        [change.nth],
      );
      break;
    case "fix":
      await sql(
        `insert into ws_bug_fixes (id, ws_execution_id, description, root_cause, test_name, fix_summary, autonomous, created_at)
         select $1::uuid, id, '', '', '', '', $3::boolean, $4::timestamptz
         from ws_executions where id = ${nthOf("ws_executions", "$2::integer")}`,
        [randomUUID(), change.nth, change.autonomous, new Date(change.at)],
      );
      break;
    case "changeFix":
      await sql(
        `update ws_bug_fixes set autonomous = $2, created_at = $3 where id = ${nthOf("ws_bug_fixes", "$1::integer")}`,
        [change.nth, change.autonomous, new Date(change.at)],
      );
      break;
    case "deleteFix":
      await sql(`delete from ws_bug_fixes where id = ${nthOf("ws_bug_fixes", "$1::integer")}`, [change.nth]);
      break;
    case "fold":
      await foldSums(store, change.limit);
      break;
    case "emptyFixes":
      await sql("truncate ws_bug_fixes");
      break;
  }
}
