import type { SumDifference } from "../domain/kept-sums.js";
import type { Database, Store } from "../store/database.js";
import { allKeptSums } from "../store/kept-sums.js";
import { liftTimeLimit, vacuum } from "../store/maintenance.js";

/** Adds about `limit` waiting changes to each of the kept sums; resolves to how many were added in all. */
export async function foldSums(store: Pick<Store, "write">, limit: number): Promise<number> {
  let count = 0;
  for (const sums of allKeptSums) {
    const mostAtOnce = Math.min(limit, sums.mostAtOnce ?? limit);
    for (let left = limit; left > 0; left -= mostAtOnce) {
      const folded = await store.write((db) => sums.fold(db, mostAtOnce));
      count += folded;
      if (folded < mostAtOnce) break;
    }
  }
  return count;
}

/** Frees the room that folded changes took, so that reports do not read over it. */
export async function tidySums({ database }: Pick<Store, "database">): Promise<void> {
  await vacuum(
    database,
    allKeptSums.flatMap(({ tables }) => tables),
  );
}

/** Where kept sums are not what they are the sums of; none as long as nobody changes them by hand. Reads every run. */
export async function checkSums({ write }: Pick<Store, "write">): Promise<readonly SumDifference[]> {
  const found = [];
  for (const sums of allKeptSums) found.push(await write((db) => unhurried(db, sums.differences)));
  return found.flat();
}

/** Makes all kept sums right, each in a transaction of its own. Reads every run. */
export async function rebuildSums({ write }: Pick<Store, "write">): Promise<void> {
  for (const sums of allKeptSums) await write((db) => unhurried(db, sums.rebuild));
}

async function unhurried<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
  await liftTimeLimit(db);
  return work(db);
}
