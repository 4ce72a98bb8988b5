import { chmodSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Store } from "../../src/store/database.js";
import { connectPostgres } from "../../src/store/engine/connect.js";
import { PostgresNode } from "../faults/postgres-node.js";
import { onPostgres } from "../support/database.js";
import { findPostgresBinaries } from "../support/engines/postgres.binaries.js";

const binaries = findPostgresBinaries();
const options = { poolSize: 3, statementTimeoutMs: 5_000, connectTimeoutMs: 2_000 };
const unavailable = { code: "UNAVAILABLE" };

describe.runIf(onPostgres && binaries !== undefined)("two database servers", () => {
  let folder: string;
  let primary: PostgresNode;
  let standby: PostgresNode;
  let store: Store;
  const note = (word: string) => store.write((db) => db.execute(sql`insert into notes values (${word})`));
  const notes = async (node: PostgresNode) =>
    (await node.query<{ word: string }>("select word from notes")).map(({ word }) => word);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ws-metrics-failover-"));
    chmodSync(folder, 0o755);
    primary = await PostgresNode.create(binaries ?? "", folder);
    await primary.start();
    await primary.query("create table notes (word text)");
    standby = await PostgresNode.standbyOf(primary, folder);
    await standby.start();
    const hosts = [standby, primary].map(({ port }) => `127.0.0.1:${port}`).join(",");
    store = await connectPostgres(`postgres://postgres@${hosts}/postgres?target_session_attrs=any`, options);
  });

  afterAll(async () => {
    await store.close();
    await Promise.all([primary.stop(), standby.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  test("the one that takes writes is used, wherever it stands", async () => {
    await note("first");

    expect(await notes(primary)).toEqual(["first"]);
  });

  test("a commit that gave up waiting for the standby is not acknowledged, though PostgreSQL calls it a success", async () => {
    await primary.query("alter system set synchronous_standby_names = 'nobody'");
    await primary.query("select pg_reload_conf()");
    await vi.waitFor(async () => {
      const [row] = await primary.query<{ names: string }>(
        "select current_setting('synchronous_standby_names') as names",
      );
      expect(row?.names).toBe("nobody");
    });

    const waiting = note("uncertain");
    waiting.catch(() => {});
    await vi.waitFor(async () => {
      const cancelled = await primary.query(
        "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'",
      );
      expect(cancelled).toHaveLength(1);
    });

    await expect(waiting).rejects.toMatchObject(unavailable);
    await primary.query("alter system reset synchronous_standby_names");
    await primary.query("select pg_reload_conf()");
  });

  test("after a failover the new primary is found, and the old one is never gone back to", async () => {
    await note("before");
    await vi.waitFor(async () => expect(await notes(standby)).toContain("before"));
    await primary.crash();
    await expect(note("meanwhile")).rejects.toMatchObject(unavailable);
    await standby.promote();
    await vi.waitFor(() => note("after"), { timeout: 10_000 });

    await primary.start();
    await standby.crash();

    await expect(note("lost")).rejects.toMatchObject(unavailable);
    await vi.waitFor(() => expect(note("lost")).rejects.toThrow(/was replaced/), { timeout: 5_000 });
    expect(await notes(primary)).not.toContain("lost");
    await standby.start();
    await vi.waitFor(() => note("again"), { timeout: 10_000 });
    expect(await notes(standby)).toEqual(expect.arrayContaining(["before", "after", "again"]));
  });
});
