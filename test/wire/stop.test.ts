import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { launchProcess, startProcess } from "../support/process.js";

async function withStorage<T>(use: (env: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
  if (onPostgres) {
    const database = await openTestDatabase();
    return use({ DATABASE_URL: database.url ?? "" }).finally(() => database.close());
  }
  const folder = await mkdtemp(join(tmpdir(), "ws-metrics-"));
  return use({ DATA_DIR: folder }).finally(() => rm(folder, { recursive: true }));
}

test("a client that never finishes what it sends does not keep a stopped server alive", async () => {
  await withStorage(async (env) => {
    const server = await startProcess({ ...env, SHUTDOWN_TIMEOUT_MS: "300" });
    const { port } = new URL(server.url);
    const client = connect(Number(port), "127.0.0.1");
    await once(client, "connect");
    client.on("error", () => {});
    client.write(
      "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{",
    );
    await server.fetch("/healthz");

    expect(await server.kill("SIGTERM")).toBe(0);
  });
});

test("a server whose address is taken says so, and what to do", async () => {
  await withStorage(async (env) => {
    const first = await startProcess(env);
    const { port } = new URL(first.url);

    await withStorage(async (other) => {
      const second = await launchProcess({ ...other, PORT: port });

      expect(await second.exited).toBe(1);
      expect(second.output()).toMatch(/in use already; .* set PORT/);
    });
    expect(await first.kill("SIGTERM")).toBe(0);
  });
});
