import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { EstimatedRun } from "../domain/estimate.js";
import type { ComputedCost, ModelUsage } from "../domain/price.js";
import type { Repricing, StoredCost } from "../domain/repricing.js";
import type { Database } from "./database.js";
import { wsExecutions } from "./execution.table.js";
import { llmCalls } from "./llm-call.table.js";
import { repricings } from "./repricing.table.js";

/** A stored call, as far as its price and what it belongs to are concerned. */
export interface CallRow extends StoredCost, ModelUsage {
  readonly sourceKey: string;
  /** The execution that it claims. */
  readonly executionId: string | null;
  /** The execution that it is attributed to. */
  readonly wsExecutionId: string | null;
  readonly executorSessionId: string | null;
  readonly reportedCostUsd: number | null;
}

/** A stored run that names a model, as far as its estimate is concerned. */
export interface RunRow extends StoredCost, EstimatedRun {
  readonly id: string;
  readonly reportedCostUsd: number | null;
  readonly loggedCostUsd: number | null;
}

/** The newest pass when it is of that version and unfinished, else a new one; whoever begins at the same time gets the same. */
export async function begin(db: Database, priceVersion: string, now: Date): Promise<Repricing> {
  await db.execute(sql`lock table ${repricings} in exclusive mode`);
  const newest = await newestPass(db);
  if (newest?.priceVersion === priceVersion && newest.finishedAt === null) return newest;
  const [begun] = await db.insert(repricings).values({ priceVersion, startedAt: now }).returning();
  if (begun === undefined) throw new Error("an insert answers its row");
  return begun;
}

/** Locks a pass for its next batch; undefined when another one was begun since. */
export async function take(db: Database, id: number): Promise<Repricing | undefined> {
  const [pass] = await db.select().from(repricings).where(eq(repricings.id, id)).for("update");
  const newest = await newestPass(db);
  return newest?.id === id ? pass : undefined;
}

async function newestPass(db: Database): Promise<Repricing | undefined> {
  const [newest] = await db.select().from(repricings).orderBy(desc(repricings.id)).limit(1);
  return newest;
}

/** Notes how far a locked pass got. */
export async function save(db: Database, { id, ...pass }: Repricing): Promise<void> {
  await db.update(repricings).set(pass).where(eq(repricings.id, id));
}

/** The next calls by their key. */
export async function callsAfter(
  db: Database,
  key: string | null,
  count: number,
): Promise<readonly CallRow[]> {
  const after = key === null ? undefined : gt(llmCalls.sourceKey, key);
  const rows = await db.select().from(llmCalls).where(after).orderBy(asc(llmCalls.sourceKey)).limit(count);
  return rows.map(toCallRow);
}

/** Locks calls, and reads what they are now. */
export async function lockCalls(db: Database, keys: readonly string[]): Promise<readonly CallRow[]> {
  const rows = await db
    .select()
    .from(llmCalls)
    .where(inArray(llmCalls.sourceKey, [...keys]))
    .orderBy(asc(llmCalls.sourceKey))
    .for("no key update");
  return rows.map(toCallRow);
}

function toCallRow(row: typeof llmCalls.$inferSelect): CallRow {
  return {
    sourceKey: row.sourceKey,
    executionId: row.claimedExecutionId,
    wsExecutionId: row.wsExecutionId,
    executorSessionId: row.executorSessionId,
    reportedCostUsd: row.reportedCostUsd,
    computedCostUsd: row.computedCostUsd,
    priceVersion: row.priceVersion,
    provider: row.provider ?? undefined,
    model: row.model,
    startedAt: row.startedAt,
    inputTokens: row.inputTokens ?? undefined,
    cacheReadTokens: row.cacheReadTokens ?? undefined,
    cacheWrite5mTokens: row.cacheWrite5mTokens ?? undefined,
    cacheWrite1hTokens: row.cacheWrite1hTokens ?? undefined,
    outputTokens: row.outputTokens ?? undefined,
  };
}

/** Sets the computed costs of locked calls. */
export async function setCallCosts(
  db: Database,
  costs: readonly (ComputedCost & { readonly sourceKey: string })[],
): Promise<void> {
  if (costs.length === 0) return;
  await db
    .update(llmCalls)
    .set({ computedCostUsd: sql`priced."computedCostUsd"`, priceVersion: sql`priced."priceVersion"` })
    .from(asRows(costs, sql`"sourceKey" varchar`))
    .where(eq(llmCalls.sourceKey, sql`priced."sourceKey"`));
}

/** Those of the runs of whose calls none has a cost, with what their own total costs. */
export async function runsWithoutCallCosts(
  db: Database,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly costUsd: number | null }[]> {
  if (ids.length === 0) return [];
  return db
    .select({ id: wsExecutions.id, costUsd: wsExecutions.costUsd })
    .from(wsExecutions)
    .where(and(inArray(wsExecutions.id, [...ids]), isNull(wsExecutions.loggedCostUsd)));
}

/** The next runs that name a model, by their ids; locked when that is asked for. */
export async function runsAfter(
  db: Database,
  id: string | null,
  count: number,
  { locked }: { readonly locked: boolean },
): Promise<readonly RunRow[]> {
  const query = db
    .select({
      id: wsExecutions.id,
      llmModel: wsExecutions.llmModel,
      llmCalls: wsExecutions.llmCalls,
      llmTokensIn: wsExecutions.llmTokensIn,
      llmTokensOut: wsExecutions.llmTokensOut,
      startedAt: wsExecutions.startedAt,
      reportedCostUsd: wsExecutions.llmCostUsd,
      loggedCostUsd: wsExecutions.loggedCostUsd,
      computedCostUsd: wsExecutions.estimatedCostUsd,
      priceVersion: wsExecutions.estimatePriceVersion,
    })
    .from(wsExecutions)
    .where(and(isNotNull(wsExecutions.llmModel), id === null ? undefined : gt(wsExecutions.id, id)))
    .orderBy(asc(wsExecutions.id))
    .limit(count);
  return locked ? query.for("no key update") : query;
}

/** Sets the estimates of locked runs. */
export async function setEstimates(
  db: Database,
  costs: readonly (ComputedCost & { readonly id: string })[],
): Promise<void> {
  if (costs.length === 0) return;
  await db
    .update(wsExecutions)
    .set({
      estimatedCostUsd: sql`priced."computedCostUsd"`,
      estimatePriceVersion: sql`priced."priceVersion"`,
    })
    .from(asRows(costs, sql`"id" uuid`))
    .where(eq(wsExecutions.id, sql`priced."id"`));
}

/** Costs as rows `priced`, under a key. */
const asRows = (costs: readonly ComputedCost[], key: SQL): SQL =>
  sql`json_to_recordset(${JSON.stringify(costs)}::json) as priced (${key}, "computedCostUsd" numeric, "priceVersion" varchar)`;
