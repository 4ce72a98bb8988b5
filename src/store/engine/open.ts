import { join } from "node:path";
import type { Store } from "../database.js";
import { connectPostgres, openEmbedded } from "./connect.js";
import { lockFolder } from "./folder-lock.js";

/** Which database to open, and how. */
export interface StoreOptions {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  readonly connectTimeoutMs: number;
}

/**
 * Opens the PostgreSQL server at `databaseUrl`, or the embedded one in `dataDir`, which then belongs to this
 * process until the store is closed.
 * @param onLost called when the folder was taken over by another process: stop at once
 * @throws FolderLockedError; MetricsError `UNAVAILABLE` when the server does not answer
 */
export async function openStore(options: StoreOptions, onLost?: () => void): Promise<Store> {
  if (options.databaseUrl !== undefined) return connectPostgres(options.databaseUrl, options);
  const lock = await lockFolder(options.dataDir, onLost && { onLost });
  try {
    const store = await openEmbedded(join(options.dataDir, "pg"));
    return { ...store, close: () => store.close().finally(() => lock.release()) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
