import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { NewLlmCall } from "../domain/llm-call.js";
import type { Stored } from "../domain/repetition.js";
import type { CallSource } from "../vocabulary.js";
import type { Database } from "./database.js";
import { wsExecutions } from "./execution.table.js";
import { llmCalls } from "./llm-call.table.js";

/** A call as it was reported, null where nothing was said. */
type StoredCall = Stored<NewLlmCall> & Pick<NewLlmCall, "sourceKey">;

/** Inserts calls; answers the source keys that were new. `attributed` holds the claimed runs that exist. */
export async function insert(
  db: Database,
  source: CallSource,
  calls: readonly NewLlmCall[],
  attributed: ReadonlySet<string>,
  now: Date,
): Promise<ReadonlySet<string>> {
  if (calls.length === 0) return new Set();
  const rows = calls.map(({ executionId, phase, costUsd, ...call }) => ({
    ...call,
    source,
    claimedExecutionId: executionId,
    wsExecutionId: executionId !== undefined && attributed.has(executionId) ? executionId : undefined,
    phaseName: phase,
    reportedCostUsd: costUsd,
    createdAt: now,
  }));
  const inserted = await db
    .insert(llmCalls)
    .values(rows)
    .onConflictDoNothing({ target: llmCalls.sourceKey })
    .returning({ sourceKey: llmCalls.sourceKey });
  return new Set(inserted.map(({ sourceKey }) => sourceKey));
}

/** The stored calls as they were reported. */
export async function bySourceKeys(db: Database, keys: readonly string[]): Promise<readonly StoredCall[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .select()
    .from(llmCalls)
    .where(inArray(llmCalls.sourceKey, [...keys]));
  return rows.map(toReport);
}

/** Adds calls that were just inserted to the sums of their locked runs. */
export async function addToSums(db: Database, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const added = db
    .select({
      executionId: llmCalls.wsExecutionId,
      calls: sql`count(*)`.as("calls"),
      unpriced: sql`count(*) filter (where ${llmCalls.costUsd} is null)`.as("unpriced"),
      costUsd: sql`sum(${llmCalls.costUsd})`.as("added_cost_usd"),
    })
    .from(llmCalls)
    .where(inArray(llmCalls.sourceKey, [...keys]))
    .groupBy(llmCalls.wsExecutionId)
    .as("added");
  await db
    .update(wsExecutions)
    .set({
      loggedCallCount: sql`${wsExecutions.loggedCallCount} + ${added.calls}`,
      loggedUnpricedCallCount: sql`${wsExecutions.loggedUnpricedCallCount} + ${added.unpriced}`,
      loggedCostUsd: sql`case when ${added.costUsd} is null then ${wsExecutions.loggedCostUsd} else coalesce(${wsExecutions.loggedCostUsd}, 0) + ${added.costUsd} end`,
    })
    .from(added)
    .where(eq(wsExecutions.id, added.executionId));
}

/** Attributes the calls that waited for a run which was just made, and sets its sums to theirs. */
export async function attributeWaiting(db: Database, executionId: string): Promise<void> {
  const attributed = await db
    .update(llmCalls)
    .set({ wsExecutionId: executionId })
    .where(and(eq(llmCalls.claimedExecutionId, executionId), isNull(llmCalls.wsExecutionId)))
    .returning({ sourceKey: llmCalls.sourceKey })
    .prepare("call_attribute_waiting")
    .execute();
  if (attributed.length === 0) return;
  const sum = (expression: ReturnType<typeof sql>) =>
    sql`(select ${expression} from ${llmCalls} where ${llmCalls.wsExecutionId} = ${executionId})`;
  await db
    .update(wsExecutions)
    .set({
      loggedCallCount: sum(sql`count(*)`),
      loggedUnpricedCallCount: sum(sql`count(*) filter (where ${llmCalls.costUsd} is null)`),
      loggedCostUsd: sum(sql`sum(${llmCalls.costUsd})`),
    })
    .where(eq(wsExecutions.id, executionId));
}

function toReport(row: typeof llmCalls.$inferSelect): StoredCall {
  const { claimedExecutionId, phaseName, reportedCostUsd, ...call } = row;
  return { ...call, executionId: claimedExecutionId, phase: phaseName, costUsd: reportedCostUsd };
}
