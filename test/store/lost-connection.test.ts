import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import type { Database } from "../../src/store/database.js";
import { connectPostgres } from "../../src/store/engine/connect.js";
import { savepoint } from "../../src/store/savepoint.js";
import { onPostgres, openTestDatabase } from "../support/database.js";

const options = { poolSize: 1, statementTimeoutMs: 5_000, connectTimeoutMs: 1_000 };

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe.runIf(onPostgres)("a transaction whose connection ended", async () => {
  const database = onPostgres ? await openTestDatabase() : undefined;
  if (database) afterAll(database.close);

  const leave = (db: Database, name: string) => db.execute(sql`insert into traces values (${name})`);

  test.each<[name: string, goOn: (db: Database) => Promise<unknown>]>([
    ["statements", (db) => leave(db, "dead")],
    ["parts", (db) => savepoint(db, (inner) => leave(inner, "dead"))],
  ])("has no %s in the one that its connection is used for next", async (_, goOn) => {
    if (database?.url === undefined) throw new Error("the test needs a server");
    await database.sql("create table traces (name text)");
    const store = await connectPostgres(database.url, options);
    onTestFinished(async () => {
      await store.close();
      await database.sql("drop table traces");
    });
    const nextIsUnderWay = gate();
    const deadWentOn = gate();

    const dead = store.write(async (db) => {
      const [row] = await db.select({ pid: sql<number>`pg_backend_pid()` }).from(sql`(select) as one`);
      await database.sql("select pg_terminate_backend($1)", [row?.pid ?? 0]);
      await nextIsUnderWay.opened;
      const gone = goOn(db);
      gone.catch(() => {}); // whenever it fails
      for (let turn = 0; turn < 3; turn += 1) await database.sql("select 1");
      deadWentOn.open();
      await gone;
    });
    const next = store.write(async (db) => {
      await leave(db, "before");
      nextIsUnderWay.open();
      await deadWentOn.opened;
      await leave(db, "after");
    });

    await expect(dead).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await next;
    const traces = await database.sql("select name from traces");
    expect(traces).toEqual([{ name: "before" }, { name: "after" }]);
  });
});

test.runIf(onPostgres)(
  "what is asked while the system closes a lost connection is asked on another",
  async () => {
    const database = await openTestDatabase();
    onTestFinished(database.close);
    if (database.url === undefined) throw new Error("the test needs a server");
    const sockets: Socket[] = [];
    const note = (message: unknown) => void sockets.push((message as { readonly socket: Socket }).socket);
    subscribe("net.client.socket", note);
    onTestFinished(() => void unsubscribe("net.client.socket", note));
    const store = await connectPostgres(database.url, options);
    onTestFinished(() => store.close());
    const transactionId = () =>
      store.write(async (db) => {
        const [row] = await db.select({ id: sql<string>`txid_current()::text` }).from(sql`(select) as one`);
        return row?.id;
      });
    await transactionId();

    const failed = new Promise((resolve) => sockets.at(-1)?.once("error", resolve));
    sockets.at(-1)?.destroy(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }));
    await failed;
    const ids = await Promise.all([transactionId(), transactionId()]);

    expect(new Set(ids).size).toBe(2);
  },
);
