import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { connectPostgres } from "../../src/store/engine/connect.js";
import {
  type Migration,
  readMigrations,
  shippedMigrations,
} from "../../src/store/migration/migration-files.js";
import {
  isMigrated,
  MigrationError,
  migrate,
  noMigration,
  rollback,
} from "../../src/store/migration/migrations.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { fingerprint } from "./catalogue.fingerprint.js";
import { fillTables, rowsOf } from "./table.rows.js";

const { store, sql, url, close } = await openTestDatabase();
const { database } = store;
const shipped = await shippedMigrations();
afterAll(close);

beforeEach(async () => {
  await sql("drop schema public cascade");
  await sql("create schema public");
});

const quietly = () => {};

type Files = Readonly<Record<string, { readonly up: string; readonly down?: string }>>;

/** The files as drizzle-kit would lay them out, read as a build would read them. */
async function migrationsOf(files: Files): Promise<readonly Migration[]> {
  const folder = await mkdtemp(join(tmpdir(), "ws-metrics-migrations-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "meta"));
  const entries = Object.keys(files).map((tag, idx) => ({ idx, tag }));
  await writeFile(join(folder, "meta/_journal.json"), JSON.stringify({ entries }));
  for (const [tag, { up, down }] of Object.entries(files)) {
    await writeFile(join(folder, `${tag}.sql`), up);
    if (down !== undefined) await writeFile(join(folder, `${tag}.down.sql`), down);
  }
  return readMigrations(folder);
}

const table = (name: string) => ({ up: `create table ${name} (id integer)`, down: `drop table ${name}` });
const apples = { "0000_apples": table("apples") };
const pears = { "0001_pears": table("pears") };
const plums = { "0002_plums": table("plums") };

/** What a call says while it migrates or rolls back, without the times. */
async function saidBy(work: (say: (sentence: string) => void) => Promise<void>): Promise<readonly string[]> {
  const sentences: string[] = [];
  await work((sentence) => sentences.push(sentence.replace(/\d+ ms/, "N ms")));
  return sentences;
}

const tablesNow = async () => Object.keys(await rowsOf(sql)).sort();

describe("migrations apply and roll back cleanly", () => {
  test.each(shipped.map(({ tag }, position) => ({ tag, position })))("$tag", async ({ position }) => {
    const before = Promise.resolve(shipped.slice(0, position));
    const upTo = Promise.resolve(shipped.slice(0, position + 1));
    await migrate(database, quietly, before);
    await fillTables(sql);
    const catalogueBefore = await fingerprint(sql);
    const rowsBefore = await rowsOf(sql);

    await migrate(database, quietly, upTo);
    const catalogueUp = await fingerprint(sql);
    await fillTables(sql);
    await rollback(database, {}, quietly, upTo);
    const catalogueDown = await fingerprint(sql);
    const rowsDown = await rowsOf(sql);
    await migrate(database, quietly, upTo);
    const catalogueUpAgain = await fingerprint(sql);

    expect(catalogueUp).not.toEqual(catalogueBefore);
    expect(catalogueDown).toEqual(catalogueBefore);
    expect(rowsDown).toEqual(rowsBefore);
    expect(catalogueUpAgain).toEqual(catalogueUp);
  });

  test("all of them, and nothing is left", async () => {
    const empty = await fingerprint(sql);
    await migrate(database, quietly);
    await fillTables(sql);

    await rollback(database, { to: noMigration }, quietly);

    expect(await fingerprint(sql)).toEqual(empty);
  });
});

describe("migrate", () => {
  test("says what it applied, and that a second run has nothing to do", async () => {
    const migrations = migrationsOf({ ...apples, ...pears });

    const first = await saidBy((say) => migrate(database, say, migrations));
    const second = await saidBy((say) => migrate(database, say, migrations));

    expect(first).toEqual([
      "Applied migration 0000_apples in N ms.",
      "Applied migration 0001_pears in N ms.",
    ]);
    expect(second).toEqual(["The database has every migration: nothing to do."]);
    expect(await tablesNow()).toEqual(["apples", "pears"]);
  });

  test("leaves nothing of a migration that fails, and keeps the ones before it", async () => {
    const up = "create table plums (id integer);\n--> statement-breakpoint\nselect 1 / 0";
    const failing = migrationsOf({ ...apples, "0001_plums": { up } });

    await expect(migrate(database, quietly, failing)).rejects.toThrow(
      new MigrationError("Migration 0001_plums failed and changed nothing: division by zero"),
    );

    expect(await tablesNow()).toEqual(["apples"]);
    expect(await isMigrated(database, migrationsOf(apples))).toBe(true);
    expect(await isMigrated(database, failing)).toBe(false);
  });

  test("leaves no bookkeeping behind when the first migration fails", async () => {
    const empty = await fingerprint(sql);

    await expect(migrate(database, quietly, migrationsOf({ "0000_no": { up: "no" } }))).rejects.toThrow(
      "0000_no",
    );

    expect(await fingerprint(sql)).toEqual(empty);
  });

  test("refuses a database that a newer version migrated", async () => {
    await migrate(database, quietly, migrationsOf({ ...apples, ...pears }));

    const older = migrate(database, quietly, migrationsOf(apples));

    await expect(older).rejects.toThrow(/does not know \(0001_pears\): a newer version made them/);
    expect(await isMigrated(database, migrationsOf(apples))).toBe(true);
  });

  test("refuses a migration that was edited after it was applied", async () => {
    await migrate(database, quietly, migrationsOf(apples));
    const edited = { "0000_apples": { up: "create table apples (id bigint)" } };

    await expect(migrate(database, quietly, migrationsOf(edited))).rejects.toThrow(
      /0000_apples was applied from a file with other content/,
    );
  });

  test("takes a file for the same when only its line ends differ", async () => {
    const up = "create table apples (\nid integer\n)";
    await migrate(database, quietly, migrationsOf({ "0000_apples": { up } }));

    const windows = migrationsOf({ "0000_apples": { up: up.replaceAll("\n", "\r\n") } });

    expect(await saidBy((say) => migrate(database, say, windows))).toEqual([
      "The database has every migration: nothing to do.",
    ]);
  });

  test("refuses to apply a migration before one that is applied already", async () => {
    await migrate(database, quietly, migrationsOf({ ...apples, ...plums }));

    await expect(migrate(database, quietly, migrationsOf({ ...apples, ...pears, ...plums }))).rejects.toThrow(
      "Migration 0001_pears is not applied although later ones are.",
    );
  });

  test.runIf(onPostgres)("applies each migration once when several instances start at once", async () => {
    const options = { poolSize: 2, statementTimeoutMs: 10_000, connectTimeoutMs: 10_000 };
    const stores = await Promise.all(Array.from({ length: 4 }, () => connectPostgres(url ?? "", options)));
    const migrations = migrationsOf({ ...apples, ...pears, ...plums });

    const said = await Promise.all(
      stores.map((instance) => saidBy((say) => migrate(instance.database, say, migrations))),
    );
    await Promise.all(stores.map((instance) => instance.close()));

    const applied = said.flat().filter((sentence) => sentence.startsWith("Applied"));
    expect(applied.sort()).toEqual([
      "Applied migration 0000_apples in N ms.",
      "Applied migration 0001_pears in N ms.",
      "Applied migration 0002_plums in N ms.",
    ]);
  });
});

describe("rollback", () => {
  const all = { ...apples, ...pears, ...plums };

  test("undoes one migration unless told otherwise", async () => {
    const migrations = migrationsOf(all);
    await migrate(database, quietly, migrations);

    const said = await saidBy((say) => rollback(database, {}, say, migrations));

    expect(said).toEqual(["Rolled back migration 0002_plums in N ms."]);
    expect(await tablesNow()).toEqual(["apples", "pears"]);
  });

  test("undoes what is newer than a tag, which stays", async () => {
    const migrations = migrationsOf(all);
    await migrate(database, quietly, migrations);

    const said = await saidBy((say) => rollback(database, { to: "0000_apples" }, say, migrations));
    const again = await saidBy((say) => rollback(database, { to: "0000_apples" }, say, migrations));

    expect(said).toEqual([
      "Rolled back migration 0002_plums in N ms.",
      "Rolled back migration 0001_pears in N ms.",
    ]);
    expect(await tablesNow()).toEqual(["apples"]);
    expect(again).toEqual(["Nothing to roll back: 0000_apples is the newest migration applied."]);
  });

  test.each([undefined, noMigration])("says so when there is nothing to undo (to %s)", async (to) => {
    const said = await saidBy((say) => rollback(database, { to }, say, migrationsOf(all)));

    expect(said).toEqual(["Nothing to roll back: no migration is applied."]);
  });

  test("explains a tag that it cannot go back to", async () => {
    const migrations = migrationsOf(all);
    await migrate(database, quietly, migrationsOf(apples));

    await expect(rollback(database, { to: "0009_figs" }, quietly, migrations)).rejects.toThrow(
      "There is no migration 0009_figs, only 0000_apples, 0001_pears, 0002_plums (and none, to undo them all).",
    );
    await expect(rollback(database, { to: "0001_pears" }, quietly, migrations)).rejects.toThrow(
      "Migration 0001_pears is not applied, so there is no way back to it.",
    );
    expect(await tablesNow()).toEqual(["apples"]);
  });

  test("explains that a migration has no way back", async () => {
    const migrations = migrationsOf({ "0000_apples": { up: table("apples").up } });
    await migrate(database, quietly, migrations);

    await expect(rollback(database, {}, quietly, migrations)).rejects.toThrow(
      "Migration 0000_apples has no way back: 0000_apples.down.sql is missing.",
    );
  });

  test("stops at what others built on our tables instead of dropping it", async () => {
    const baseline = Promise.resolve(shipped.slice(0, 1));
    await migrate(database, quietly, baseline);
    await sql("create view theirs as select id from ws_executions");
    const before = await fingerprint(sql);

    await expect(rollback(database, {}, quietly, baseline)).rejects.toThrow(
      /failed and changed nothing: cannot drop/,
    );

    expect(await fingerprint(sql)).toEqual(before);
  });
});
