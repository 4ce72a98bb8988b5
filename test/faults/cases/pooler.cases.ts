import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort, unprivilegedUser } from "../../support/engines/postgres.cluster.js";
import type { FaultCase } from "../case.js";
import type { Scene } from "../scene.js";
import { waitBetween } from "./waiting.js";

const program = "/usr/sbin/pgbouncer";

/** Starts a pooler as its packagers configure it, in front of the first database server; ends it when told. */
async function startPooler(scene: Scene, port: number): Promise<() => Promise<void>> {
  const user = unprivilegedUser();
  const file = join(scene.folder, "pgbouncer.ini");
  const settings = [
    "[databases]",
    `postgres = host=127.0.0.1 port=${scene.networks[0]?.port} dbname=postgres user=postgres`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = any",
    "pool_mode = transaction",
    "default_pool_size = 5",
  ];
  writeFileSync(file, settings.join("\n"));
  if (user) chownSync(file, user.uid, user.gid);
  const pooler = spawn(program, [file], { stdio: "ignore", ...user });
  const ended = once(pooler, "exit");
  const end = async () => {
    pooler.kill("SIGKILL");
    await ended;
  };
  scene.cleanUp(end);
  return end;
}

const poolers = new WeakMap<Scene, { readonly port: number; readonly end: () => Promise<void> }>();

/** Faults behind a pooler that hands out another connection for each transaction. */
export const poolerCases: readonly FaultCase[] = [
  {
    name: "pooler-restart",
    sentence: "pgbouncer in transaction mode, between server and database, is killed and started again",
    missing: () => (existsSync(program) ? undefined : "pgbouncer is not installed"),
    needs: {
      servers: 2,
      databaseUrl: async (scene) => {
        const port = await freePort();
        poolers.set(scene, { port, end: await startPooler(scene, port) });
        return `postgres://postgres@127.0.0.1:${port}/postgres`;
      },
    },
    fault: async (scene) => {
      await pause(2_000);
      const pooler = poolers.get(scene);
      if (pooler === undefined) throw new Error("the case has a pooler");
      await pooler.end();
      await waitBetween(scene, 500, 2_000);
      await startPooler(scene, pooler.port);
    },
  },
];
