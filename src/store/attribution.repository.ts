import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { NewLlmCall } from "../domain/llm-call.js";
import type { Stored } from "../domain/repetition.js";
import { isAmong } from "./among.sql.js";
import { builtOnce } from "./built-once.js";
import type { Database } from "./database.js";
import { wsExecutions } from "./execution.table.js";
import { llmCalls } from "./llm-call.table.js";
import { executionOfSession } from "./session-of-call.sql.js";

/** What of a call decides to which execution it belongs. */
export type AttributedCall = Partial<
  Pick<Stored<NewLlmCall>, "executionId" | "executorSessionId" | "startedAt">
>;

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
  if (keys.length > 0) await addedToSums(db).execute({ keys: JSON.stringify(keys) });
}

const addedToSums = builtOnce((db) => {
  const added = db
    .select({
      executionId: llmCalls.wsExecutionId,
      calls: sums.calls.as("calls"),
      unpriced: sums.unpriced.as("unpriced"),
      costUsd: sums.costUsd.as("added_cost_usd"),
    })
    .from(llmCalls)
    .where(isAmong(llmCalls.sourceKey, sql.placeholder("keys")))
    .groupBy(llmCalls.wsExecutionId)
    .as("added");
  return db
    .update(wsExecutions)
    .set({
      loggedCallCount: sql`${wsExecutions.loggedCallCount} + ${added.calls}`,
      loggedUnpricedCallCount: sql`${wsExecutions.loggedUnpricedCallCount} + ${added.unpriced}`,
      loggedCostUsd: sql`case when ${added.costUsd} is null then ${wsExecutions.loggedCostUsd} else coalesce(${wsExecutions.loggedCostUsd}, 0) + ${added.costUsd} end`,
    })
    .from(added)
    .where(eq(wsExecutions.id, added.executionId))
    .prepare("call_add_to_sums");
});

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
    .where(isAmong(wsExecutions.id, executionIds));
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

/**
 * Attributes the calls of a run's sessions anew, as far as its binding, a move of its start or its end can concern
 * them: from the earlier of its starts to the start of the run that follows the later one. Answers the executions that
 * calls went from, and to.
 * @param startedAts when the run started, before and after the change
 */
export async function reattribute(
  db: Database,
  executionId: string,
  startedAts: readonly [Date, Date],
): Promise<readonly string[]> {
  const [earlier, later] = startedAts.map((time) => time.toISOString()).sort();
  const spans = sql`
    select bindings.executor_session_id, (
      select min(runs.started_at)
      from ws_execution_sessions as sessions
      join ws_executions as runs on runs.id = sessions.ws_execution_id
      where sessions.executor_session_id = bindings.executor_session_id
        and (runs.started_at, runs.id) > (${later}::timestamptz, ${executionId}::uuid)
    ) as next_start
    from ws_execution_sessions as bindings
    where bindings.ws_execution_id = ${executionId}`;
  const misattributed = sql`
    select calls.source_key, calls.ws_execution_id as was, bound.id as belongs
    from (${spans}) as spans
    join llm_calls as calls
      on calls.executor_session_id = spans.executor_session_id and calls.claimed_execution_id is null
        and calls.started_at >= ${earlier} and calls.started_at < coalesce(spans.next_start, 'infinity')
    ${executionOfSession("calls")}
    where calls.ws_execution_id is distinct from bound.id`;
  const moved = db.$with("moved").as(
    db
      .update(llmCalls)
      .set({ wsExecutionId: sql`misattributed.belongs` })
      .from(sql`(${misattributed}) as misattributed`)
      .where(eq(llmCalls.sourceKey, sql`misattributed.source_key`))
      .returning({
        was: sql`misattributed.was`.as("was"),
        belongs: sql`misattributed.belongs`.as("belongs"),
      }),
  );
  const touched = await db
    .with(moved)
    .select({ id: sql<string>`id` })
    .from(sql`(select was as id from ${moved} union select belongs from ${moved}) as touched`)
    .where(sql`id is not null`);
  return touched.map(({ id }) => id);
}
