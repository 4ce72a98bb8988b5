import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/engine/open.js";
import { migrate } from "../../src/store/migration/migrations.js";
import { onPostgres, openTestDatabase } from "../support/database.js";

const settings = { poolSize: 1, statementTimeoutMs: 5_000, connectTimeoutMs: 5_000 };

describe.runIf(!onPostgres)("the embedded database in a folder", () => {
  let dataDir = "";
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "ws-metrics-"));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  const open = () => openStore({ ...settings, databaseUrl: undefined, dataDir });

  test("belongs to one store at a time, and keeps its data for the next", async () => {
    const first = await open();
    await migrate(first.database, () => {});

    await expect(open()).rejects.toThrow(/in use by process/);
    await first.close();
    const second = await open();

    expect(second.engine).toMatch(/^PGlite/);
    const sentences: string[] = [];
    await migrate(second.database, (sentence) => sentences.push(sentence));
    expect(sentences).toEqual(["The database has every migration: nothing to do."]);
    await second.close();
  });

  test("is made anew when its making was cut short", async () => {
    await mkdir(join(dataDir, "pg.new"), { recursive: true });
    await writeFile(join(dataDir, "pg.new", "PG_VERSION"), "18");

    const store = await open();

    await migrate(store.database, () => {});
    await store.close();
    expect(await readdir(dataDir)).toEqual(["lock.1", "pg"]);
  });

  test("is given back when it cannot be opened", async () => {
    await mkdir(dataDir, { recursive: true });
    await writeFile(join(dataDir, "pg"), "not a folder");

    await expect(open()).rejects.toThrow();
    await rm(join(dataDir, "pg"));
    const store = await open();

    await store.close();
  });
});

describe.runIf(onPostgres)("a PostgreSQL server", () => {
  test("is opened by its address", async () => {
    const database = await openTestDatabase();

    const store = await openStore({ ...settings, databaseUrl: database.url, dataDir: "" });

    expect(store.engine).toMatch(/^PostgreSQL \d/);
    await store.close();
    await database.close();
  });

  test("that does not answer is UNAVAILABLE", async () => {
    const nowhere = "postgres://127.0.0.1:1/nowhere";

    await expect(openStore({ ...settings, databaseUrl: nowhere, dataDir: "" })).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
  });
});
