import { type AnyColumn, and, eq, type SQL, sql } from "drizzle-orm";
import type { PhaseEvent } from "../domain/phase.js";
import type { Database } from "./database.js";
import { wsPhases } from "./phase.table.js";

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

const sent = (column: AnyColumn): SQL => sql`excluded.${sql.identifier(column.name)}`;

/** A close is the last word on a phase; any other event only fills what is still unsaid. */
const merged = (column: AnyColumn): SQL =>
  sql`case when ${sent(wsPhases.completedAt)} is null then coalesce(${column}, ${sent(column)}) else coalesce(${sent(column)}, ${column}) end`;

const columns = Object.values(mergeable);
const row = (values: readonly SQL[]): SQL => sql`(${sql.join([...values], sql`, `)})`;

/**
 * Stores a phase event of a locked run: inserts it, or merges opening events and the close whatever their
 * order. False when it changed nothing: a repeat, or an `eventId` that something else has.
 */
export async function upsert(
  db: Database,
  executionId: string,
  event: PhaseEvent,
  now: Date,
): Promise<boolean> {
  const { sequence, durationSeconds, ...reported } = event;
  const written = await db
    .insert(wsPhases)
    .values({
      ...reported,
      wsExecutionId: executionId,
      sequence: sequence ?? nextSequence(executionId),
      reportedSequence: sequence,
      reportedDurationSeconds: durationSeconds,
      createdAt: now,
    })
    .onConflictDoUpdate({
      target: [wsPhases.wsExecutionId, wsPhases.eventId],
      set: {
        ...Object.fromEntries(Object.entries(mergeable).map(([name, column]) => [name, merged(column)])),
        sequence: sql`coalesce(${merged(wsPhases.reportedSequence)}, ${wsPhases.sequence})`,
      },
      setWhere: and(
        sql`${wsPhases.name} = ${sent(wsPhases.name)}`,
        sql`${wsPhases.startedAt} = ${sent(wsPhases.startedAt)}`,
        sql`(${wsPhases.completedAt} is null or ${sent(wsPhases.completedAt)} is null)`,
        sql`${row(columns.map((column) => sql`${column}`))} is distinct from ${row(columns.map(merged))}`,
      ),
    })
    .returning({ id: wsPhases.id })
    .prepare("phase_upsert")
    .execute();
  return written.length > 0;
}

/** The stored phase; undefined when there is none. */
export async function byEventId(
  db: Database,
  executionId: string,
  eventId: string,
): Promise<PhaseRow | undefined> {
  const [stored] = await db
    .select()
    .from(wsPhases)
    .where(and(eq(wsPhases.wsExecutionId, executionId), eq(wsPhases.eventId, eventId)));
  return stored;
}

function nextSequence(executionId: string): SQL {
  return sql`(select coalesce(max(sequence), 0) + 1 from ws_phases where ws_execution_id = ${executionId})`;
}
