import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { NewLlmCall } from "../domain/llm-call.js";
import type { Stored } from "../domain/repetition.js";
import type { Database } from "./database.js";
import { wsExecutions } from "./execution.table.js";
import { llmCalls } from "./llm-call.table.js";
import { executionOfSession } from "./session-of-call.sql.js";

/** What of a call decides to which execution it belongs. */
export type AttributedCall = Partial<
  Pick<Stored<NewLlmCall>, "executionId" | "executorSessionId" | "startedAt">
>;

/** A call that belongs to another execution than it is attributed to. */
export interface Move {
  readonly sourceKey: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** The sums that a run keeps of its calls. */
const sums = {
  calls: sql`count(*)`,
  unpriced: sql`count(*) filter (where ${llmCalls.costUsd} is null)`,
  costUsd: sql`sum(${llmCalls.costUsd})`,
};

/** The executions that the sessions of calls which claim none were bound to. */
export async function boundExecutions(
  db: Database,
  calls: readonly AttributedCall[],
): Promise<readonly string[]> {
  if (calls.length === 0) return [];
  const sent = calls.map(({ executorSessionId, startedAt }) => ({
    executor_session_id: executorSessionId,
    started_at: startedAt,
  }));
  const found = await db
    .selectDistinct({ id: sql<string>`bound.id` })
    .from(
      sql`json_to_recordset(${JSON.stringify(sent)}::json) as sent (
        claimed_execution_id uuid, executor_session_id varchar, started_at timestamptz)
      ${executionOfSession("sent")}`,
    )
    .where(sql`bound.id is not null`);
  return found.map(({ id }) => id);
}

/** Adds calls that were just inserted to the sums of their locked runs. */
export async function addToSums(db: Database, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const added = db
    .select({
      executionId: llmCalls.wsExecutionId,
      calls: sums.calls.as("calls"),
      unpriced: sums.unpriced.as("unpriced"),
      costUsd: sums.costUsd.as("added_cost_usd"),
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

/** Sets the sums of locked runs to those of their calls. */
export async function refreshSums(db: Database, executionIds: readonly string[]): Promise<void> {
  if (executionIds.length === 0) return;
  const sum = (expression: SQL) =>
    sql`(select ${expression} from ${llmCalls} where ${llmCalls.wsExecutionId} = ${wsExecutions.id})`;
  await db
    .update(wsExecutions)
    .set({
      loggedCallCount: sum(sums.calls),
      loggedUnpricedCallCount: sum(sums.unpriced),
      loggedCostUsd: sum(sums.costUsd),
    })
    .where(inArray(wsExecutions.id, [...executionIds]));
}

/** Attributes the calls that waited for a run which was just made; false when there were none. */
export async function attributeWaiting(db: Database, executionId: string): Promise<boolean> {
  const attributed = await db
    .update(llmCalls)
    .set({ wsExecutionId: executionId })
    .where(and(eq(llmCalls.claimedExecutionId, executionId), isNull(llmCalls.wsExecutionId)))
    .returning({ sourceKey: llmCalls.sourceKey })
    .prepare("call_attribute_waiting")
    .execute();
  return attributed.length > 0;
}

/** The calls of sessions that the bindings of now attribute to another execution than they belong to. */
export async function misattributed(db: Database, sessionIds: readonly string[]): Promise<readonly Move[]> {
  return db
    .select({
      sourceKey: sql<string>`calls.source_key`,
      from: sql<string | null>`calls.ws_execution_id`,
      to: sql<string | null>`bound.id`,
    })
    .from(sql`llm_calls as calls ${executionOfSession("calls")}`)
    .where(
      sql`${inArray(sql`calls.executor_session_id`, [...sessionIds])} and calls.claimed_execution_id is null
        and calls.ws_execution_id is distinct from bound.id`,
    );
}

/** Attributes calls anew. */
export async function move(db: Database, moves: readonly Move[]): Promise<void> {
  await db
    .update(llmCalls)
    .set({ wsExecutionId: sql`moved."to"` })
    .from(sql`json_to_recordset(${JSON.stringify(moves)}::json) as moved ("sourceKey" varchar, "to" uuid)`)
    .where(eq(llmCalls.sourceKey, sql`moved."sourceKey"`));
}
