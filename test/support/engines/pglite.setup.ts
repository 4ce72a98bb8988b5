import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { TestProject } from "vitest/node";
import { embeddedStore } from "../../../src/store/engine/connect.js";
import { migrate } from "../../../src/store/migration/migrations.js";

/** Migrates one embedded database and keeps its dump, so that each test file starts from a copy in half a second. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "ws-metrics-pglite-"));
  const dump = join(folder, "migrated.tar");
  const client = await PGlite.create();
  const store = await embeddedStore(client);
  await migrate(store.database, () => {});
  await writeFile(dump, (await client.dumpDataDir("none")).stream());
  await store.close();

  project.provide("database", { engine: "pglite", version: store.engine, dump });
  return () => rm(folder, { recursive: true, force: true });
}
