import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls, { type TLSSocket } from "node:tls";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Store } from "../../src/store/database.js";
import { connectPostgres } from "../../src/store/engine/connect.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { findPostgresBinaries } from "../support/engines/postgres.binaries.js";
import { type Cluster, startCluster, unprivilegedUser } from "../support/engines/postgres.cluster.js";

const binaries = findPostgresBinaries();
const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
const options = { poolSize: 1, statementTimeoutMs: 5_000, connectTimeoutMs: 2_000 };

/** A certificate that nobody vouches for, in a folder that the server's user can read. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), "ws-metrics-certificate-"));
  const [certificateFile, key] = [join(folder, "server.crt"), join(folder, "server.key")];
  const what = ["req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost"];
  spawnSync("openssl", [...what, "-out", certificateFile, "-keyout", key]);
  const user = unprivilegedUser();
  if (user) for (const file of [folder, certificateFile, key]) chownSync(file, user.uid, user.gid);
  chmodSync(key, 0o600);
  return { folder, settings: { ssl: "on", ssl_cert_file: certificateFile, ssl_key_file: key } };
}

/** The encrypted sockets that are made while a test runs. */
function noteEncryptedSockets(): readonly TLSSocket[] {
  const sockets: TLSSocket[] = [];
  const original = tls.connect;
  Object.assign(tls, {
    connect: (...args: Parameters<typeof original>) => {
      const socket = original(...args);
      sockets.push(socket);
      return socket;
    },
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    Object.assign(tls, { connect: original });
    syncBuiltinESMExports();
  });
  return sockets;
}

const transaction = (store: Store) =>
  store.write(async (db) => {
    const isEncrypted = sql<boolean>`(select ssl from pg_stat_ssl where pid = pg_backend_pid())`;
    const [row] = await db
      .select({ id: sql<string>`txid_current()::text`, isEncrypted })
      .from(sql`(select) as one`);
    return row;
  });

describe.runIf(onPostgres && binaries !== undefined && hasOpenssl)("a server that encrypts", () => {
  let cluster: Cluster;
  beforeAll(async () => {
    const { folder, settings } = certificate();
    cluster = await startCluster(binaries ?? "", settings);
    return () => rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => cluster.stop());

  async function connectWith(mode: string): Promise<Store> {
    const store = await connectPostgres(`${cluster.url}?sslmode=${mode}`, options);
    onTestFinished(() => store.close());
    return store;
  }

  test.each([
    ["require", true],
    ["prefer", true],
    ["disable", false],
  ])("is talked to as sslmode=%s says", async (mode, isEncrypted) => {
    expect(await transaction(await connectWith(mode))).toMatchObject({ isEncrypted });
  });

  test("is not believed to be somebody whom nobody vouches for", async () => {
    await expect(connectWith("verify-full")).rejects.toMatchObject({ cause: expect.anything() });
  });

  test("and loses a connection gets what is asked meanwhile on another, each in a transaction of its own", async () => {
    const sockets = noteEncryptedSockets();
    const store = await connectWith("require");
    const first = await transaction(store);
    const socket = sockets.at(-1);

    const failed = new Promise((resolve) => socket?.once("error", resolve));
    socket?.destroy(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }));
    await failed;
    const next = await Promise.all([transaction(store), transaction(store)]);

    const ids = [first, ...next].map((row) => row?.id);
    expect(new Set(ids).size).toBe(3);
  });
});

test.runIf(onPostgres)("a server that does not encrypt is not talked to when it has to", async () => {
  const database = await openTestDatabase();
  onTestFinished(() => database.close());

  await expect(connectPostgres(`${database.url}?sslmode=require`, options)).rejects.toMatchObject({
    code: "UNAVAILABLE",
  });
  const store = await connectPostgres(`${database.url}?sslmode=prefer`, options);
  expect(await transaction(store)).toMatchObject({ isEncrypted: false });
  await store.close();
});
