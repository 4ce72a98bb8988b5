import { type AnyColumn, and, getTableColumns, notInArray, type SQL, sql } from "drizzle-orm";
import type { PhaseEvent } from "../domain/phase.js";
import { builtOnce } from "./built-once.js";
import type { Database } from "./database.js";
import { wsPhases } from "./phase.table.js";

/** A phase as it is stored. */
export type PhaseRow = typeof wsPhases.$inferSelect;

/** What an event may still add to a phase whose other boundary is stored already. */
const mergeable = {
  reportedSequence: wsPhases.reportedSequence,
  completedAt: wsPhases.completedAt,
  result: wsPhases.result,
  testsWritten: wsPhases.testsWritten,
  testsPassing: wsPhases.testsPassing,
  testsFailing: wsPhases.testsFailing,
  filesModified: wsPhases.filesModified,
};

const excluded = (column: AnyColumn): SQL => sql`excluded.${sql.identifier(column.name)}`;

/** A close is the last word on a phase; any other event only fills what is still unsaid. */
const merged = (column: AnyColumn): SQL =>
  sql`case when ${excluded(wsPhases.completedAt)} is null then coalesce(${column}, ${excluded(column)}) else coalesce(${excluded(column)}, ${column}) end`;

const columns = Object.values(mergeable);
const row = (values: readonly SQL[]): SQL => sql`(${sql.join([...values], sql`, `)})`;

/** A phase event of a run, and when it came. */
export interface SentPhase {
  readonly executionId: string;
  readonly event: PhaseEvent;
  readonly now: Date;
}

/**
 * Stores phase events of locked runs, at most one of each run: inserts them, or merges opening events and the close
 * whatever their order. Answers what is stored under the names of those that changed nothing: they are repeats of it, or
 * their `eventId` is taken by it.
 */
export async function upsertAll(db: Database, events: readonly SentPhase[]): Promise<readonly PhaseRow[]> {
  return upserting(db).execute({ events: JSON.stringify(events.map(toSentRow)) });
}

const upserting = builtOnce((db) => {
  const sent = db.$with("sent", {}).as(sentEvents);
  const written = db.$with("written").as(
    db
      .insert(wsPhases)
      .select(newRows)
      .onConflictDoUpdate({
        target: [wsPhases.wsExecutionId, wsPhases.eventId],
        set: {
          ...Object.fromEntries(Object.entries(mergeable).map(([name, column]) => [name, merged(column)])),
          sequence: sql`coalesce(${merged(wsPhases.reportedSequence)}, ${wsPhases.sequence})`,
        },
        setWhere: and(
          sql`${wsPhases.name} = ${excluded(wsPhases.name)}`,
          sql`${wsPhases.startedAt} = ${excluded(wsPhases.startedAt)}`,
          sql`(${wsPhases.completedAt} is null or ${excluded(wsPhases.completedAt)} is null)`,
          sql`${row(columns.map((column) => sql`${column}`))} is distinct from ${row(columns.map(merged))}`,
        ),
      })
      .returning({ id: wsPhases.id }),
  );
  return db
    .with(sent, written)
    .select(getTableColumns(wsPhases))
    .from(wsPhases)
    .innerJoin(sql`sent`, sql`(${wsPhases.wsExecutionId}, ${wsPhases.eventId}) = (sent.run, sent.event_id)`)
    .where(notInArray(wsPhases.id, db.select({ id: written.id }).from(written)))
    .prepare("phase_upsert_all");
});

/** An event as a row of {@link sentEvents}. */
const toSentRow = ({ executionId, event, now }: SentPhase) => ({
  run: executionId,
  event_id: event.eventId,
  sequence: event.sequence,
  name: event.name,
  started_at: event.startedAt,
  completed_at: event.completedAt,
  duration_seconds: event.durationSeconds,
  result: event.result,
  tests_written: event.testsWritten,
  tests_passing: event.testsPassing,
  tests_failing: event.testsFailing,
  files_modified: event.filesModified,
  created_at: now,
});

/** The events as a table. */
const sentEvents = sql`
  select *
  from json_to_recordset(${sql.placeholder("events")}::json) as events (
    run uuid, event_id varchar, sequence integer, name varchar, started_at timestamptz, completed_at timestamptz,
    duration_seconds integer, result varchar, tests_written integer, tests_passing integer, tests_failing integer,
    files_modified integer, created_at timestamptz)`;

/**
 * The sent events as rows of the table, its columns in their order as an `insert` of the query builder names them: all of
 * them, the identity included.
 */
const newRows = sql`
  overriding system value
  select
    nextval('ws_phases_id_seq'), run, event_id, coalesce(sequence, (
      select coalesce(max(before.sequence), 0) + 1 from ws_phases as before where before.ws_execution_id = run
    )), sequence, name, started_at, completed_at, duration_seconds, result, tests_written, tests_passing,
    tests_failing, files_modified, created_at
  from sent`;
