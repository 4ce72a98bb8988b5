import { once } from "node:events";
import { createServer } from "node:net";
import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Store } from "../../src/store/database.js";
import { connectPostgres } from "../../src/store/engine/connect.js";
import { savepoint } from "../../src/store/savepoint.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { openTcpProxy } from "../support/tcp-proxy.js";

const options = { poolSize: 3, statementTimeoutMs: 5_000, connectTimeoutMs: 1_000 };

/** Asks the database for an answer, in a transaction. */
const answerOf = (store: Store) =>
  store.write((db) => db.select({ answer: sql<number>`42` }).from(sql`(select) as one`));

/** Answers on a port and hangs up at once, as a balancer does that has no server left. */
async function openNobody(port = 0) {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket
      .on("error", () => {})
      .resume()
      .end();
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    if (!server.listening) return;
    server.close();
    await once(server, "close");
  };
  onTestFinished(close);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it listens on a port");
  return { host: `127.0.0.1:${address.port}`, connections: () => connections, close };
}

/** `url` with other hosts. */
const withHosts = (url: string, ...hosts: readonly string[]) =>
  url.replace(new URL(url).host, hosts.join(","));

describe.runIf(onPostgres)("the primary", async () => {
  const database = onPostgres ? await openTestDatabase() : undefined;
  const url = database?.url ?? "";

  async function connectThrough(connectUrl: string): Promise<Store> {
    const store = await connectPostgres(connectUrl, options);
    onTestFinished(() => store.close());
    return store;
  }

  test("is found among hosts of which some do not answer", async () => {
    const nobody = await openNobody();
    const { host } = new URL(url);

    const store = await connectThrough(withHosts(url, nobody.host, "127.0.0.1:1", host));

    expect(await answerOf(store)).toEqual([{ answer: 42 }]);
  });

  test("that does not answer any more is given up for one that does, without a restart", async () => {
    const first = await openTcpProxy(url);
    const second = await openTcpProxy(url);
    onTestFinished(() => Promise.all([first.close(), second.close()]).then(() => {}));
    const hosts = [first, second].map((proxy) => new URL(proxy.urlThrough(url)).host);
    await second.cut();
    const store = await connectThrough(withHosts(url, ...hosts));
    expect(await answerOf(store)).toEqual([{ answer: 42 }]);

    first.stall();
    await second.mend();

    await expect(answerOf(store)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await answerOf(store)).toEqual([{ answer: 42 }]);
  });

  test("is not given up because a statement takes long", async () => {
    const store = await connectThrough(url);

    const slow = store.read((db) => db.execute(sql`select pg_sleep(2.5)`));

    await expect(slow).resolves.toHaveLength(1);
  });

  test("is away while nobody answers, which is said at once and costs next to nothing", async () => {
    const proxy = await openTcpProxy(url);
    const store = await connectThrough(proxy.urlThrough(url));
    await proxy.cut();
    await expect(answerOf(store)).rejects.toMatchObject({ code: "UNAVAILABLE" });

    const nobody = await openNobody(Number(new URL(proxy.urlThrough(url)).port));
    const attempts = 200;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      await expect(answerOf(store)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }

    expect(nobody.connections()).toBeLessThan(attempts / 10);
    await nobody.close();
    await proxy.mend();
    onTestFinished(() => proxy.close());
    await vi.waitFor(async () => expect(await answerOf(store)).toEqual([{ answer: 42 }]));
  });

  test("is UNAVAILABLE when no host answers", async () => {
    await expect(connectThrough(withHosts(url, "127.0.0.1:1", "127.0.0.1:2"))).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
  });

  test("that ends a connection in the middle of a transaction, or of a part of one, harms nothing else", async () => {
    const store = await connectThrough(url);
    const endOwn = sql`select pg_terminate_backend(pg_backend_pid())`;

    const whole = store.write((db) => db.execute(endOwn));
    const part = store.write((db) => savepoint(db, (inner) => inner.execute(endOwn)));
    const unnoticed = store.write(async (db) => {
      const [row] = await db.select({ pid: sql<number>`pg_backend_pid()` }).from(sql`(select) as one`);
      const ended = store.read((other) => other.execute(sql`select pg_terminate_backend(${row?.pid})`));
      await ended;
      await vi.waitFor(async () => {
        const alive = await store.read((other) =>
          other.execute(sql`select 1 from pg_stat_activity where pid = ${row?.pid}`),
        );
        expect(alive).toHaveLength(0);
      });
    });

    for (const work of [whole, part, unnoticed]) {
      await expect(work).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
    expect(await answerOf(store)).toEqual([{ answer: 42 }]);
  });
});
