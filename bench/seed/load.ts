import { sql } from "drizzle-orm";
import { rebuildSums } from "../../src/services/kept-sums.service.js";
import type { Database, Store } from "../../src/store/database.js";
import * as executions from "../../src/store/execution.repository.js";
import { liftTimeLimit } from "../../src/store/maintenance.js";
import { chunkStatement } from "./chunk.sql.js";
import { type Chunk, chunksOf, runIdOf, type SeedPlan } from "./seed-plan.js";

/** Chunks that are loaded at a time: as many as keep the server busy, not as many as it has connections. */
const atOnce = 4;
const chunkRuns = 5_000;

/** The rows of a seed are there already. */
export class SeededError extends Error {
  override readonly name = "SeededError";
}

/**
 * Fills a migrated database with what a plan describes, chunk by chunk, each in a transaction of its own.
 * @param onProgress told how many runs are stored so far
 * @throws SeededError when the database has runs of this seed
 */
export async function loadData(
  store: Store,
  plan: SeedPlan,
  onProgress: (stored: number) => void = () => {},
): Promise<void> {
  await requireUnseeded(store, plan.seed);
  const chunks = chunksOf(plan, chunkRuns).values();
  let stored = 0;
  const work = async () => {
    for (const chunk of chunks) {
      await store.write((db) => loadChunk(db, plan, chunk));
      stored += chunk.to - chunk.from;
      onProgress(stored);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, store.connections) }, work));
  await rebuildSums(store);
  await store.write(settle);
}

async function requireUnseeded(store: Store, seed: number): Promise<void> {
  const found = await store.read((db) => executions.byIds(db, [runIdOf(seed, 0)]));
  if (found.length > 0) throw new SeededError(`The runs of seed ${seed} are in this database already.`);
}

/** Triggers are off in the transaction only, so that a load which is killed leaves none switched off. */
const quickly = [
  "set local session_replication_role = replica",
  "set local synchronous_commit = off",
  "set local work_mem = '128MB'",
];

async function loadChunk(db: Database, plan: SeedPlan, chunk: Chunk): Promise<void> {
  await liftTimeLimit(db);
  for (const setting of quickly) await db.execute(sql.raw(setting));
  await db.execute(sql.raw(chunkStatement(plan, chunk)));
}

/** Tells the planner of the data. */
async function settle(db: Database): Promise<void> {
  await liftTimeLimit(db);
  await db.execute(sql`analyze`);
}
