import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { after, noon, second } from "../support/clock.js";
import { concurrently } from "../support/concurrently.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { launchProcess, type ServerProcess, startProcess } from "../support/process.js";

interface Shown {
  readonly phase_metrics: { readonly phases: readonly { readonly event_id: string }[] };
}

async function startedRun(server: ServerProcess): Promise<string> {
  const id = randomUUID();
  const { status } = await server.post("/ws-execution", {
    id,
    ws_id: "WS-1",
    executor: "human",
    started_at: noon,
  });
  expect(status).toBe(201);
  return id;
}

/** Has writers post phases, kills the server without warning as soon as `enough` are acknowledged; answers which were. */
async function killedUnderLoad(
  server: ServerProcess,
  id: string,
  enough: number,
): Promise<readonly string[]> {
  const acknowledged: string[] = [];
  let isKilled = false;
  const write = async (writer: number) => {
    for (let place = 0; !isKilled; place += 1) {
      const event_id = `event-${writer}-${place}`;
      const phase = { event_id, name: "implement", started_at: noon, completed_at: after(noon, second) };
      const answer = await server.post("/ws-execution", { id, phase }).catch(() => undefined);
      if (answer?.status === 200) acknowledged.push(event_id);
      if (acknowledged.length >= enough && !isKilled) {
        isKilled = true;
        await server.kill("SIGKILL");
      }
    }
  };
  await concurrently(8, write);
  return acknowledged;
}

async function shownPhases(server: ServerProcess, id: string): Promise<readonly string[]> {
  const { body } = await server.get<Shown>(`/ws-executions/${id}`);
  return body.phase_metrics.phases.map(({ event_id }) => event_id);
}

/** Two starts of a server in a row take their time on a busy machine. */
const patience = 90_000;

describe.runIf(onPostgres)("on PostgreSQL", () => {
  test(
    "a server that is killed under load loses no write that it acknowledged",
    async () => {
      const database = await openTestDatabase();
      onTestFinished(() => database.close());
      const server = await startProcess({ DATABASE_URL: database.url ?? "", LOG_LEVEL: "fatal" });
      const id = await startedRun(server);

      const acknowledged = await killedUnderLoad(server, id, 40);

      const rows = await database.sql<{ event_id: string }>("select event_id from ws_phases");
      expect(rows.map(({ event_id }) => event_id)).toEqual(expect.arrayContaining([...acknowledged]));
      const [document] = await database.sql<{ ids: string[] }>(
        "select jsonb_path_query_array(phase_metrics, '$.phases[*].event_id') as ids from ws_executions",
      );
      expect(document?.ids.toSorted()).toEqual(rows.map(({ event_id }) => event_id).sort());
    },
    patience,
  );
});

describe.runIf(!onPostgres)("on the embedded engine", () => {
  let folder: string;
  let server: ServerProcess;
  let id: string;
  const env = () => ({ DATA_DIR: folder, LOG_LEVEL: "fatal" });
  const nextPhase = (event_id: string) => ({ id, phase: { event_id, name: "verify", started_at: noon } });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ws-metrics-crash-"));
    server = await startProcess(env());
    id = await startedRun(server);
  }, patience);

  afterAll(async () => {
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  });

  test(
    "a second process on the same folder is refused in words, and the first is unharmed",
    async () => {
      const second = await launchProcess(env());
      const code = await second.exited;

      expect(code).toBe(1);
      expect(second.output()).toContain(folder);
      expect(second.output()).toContain(String(server.pid));
      expect(second.output()).not.toMatch(/\n\s+at /);
      const write = await server.post("/ws-execution", nextPhase("before the crash"));
      expect(write.body).toMatchObject({ outcome: "RECORDED" });
      expect(await shownPhases(server, id)).toContain("before the crash");
    },
    patience,
  );

  test(
    "a server that is killed under load comes up again at once, and lost no write that it acknowledged",
    async () => {
      const acknowledged = await killedUnderLoad(server, id, 40);
      server = await startProcess(env());

      expect(await shownPhases(server, id)).toEqual(expect.arrayContaining([...acknowledged]));
      const write = await server.post("/ws-execution", nextPhase("after the crash"));
      expect(write.body).toMatchObject({ outcome: "RECORDED" });
    },
    patience,
  );
});
