import { spawn } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createClient, type EventInput } from "../../../src/client/client.js";
import type { FaultCase } from "../case.js";
import type { Fact } from "../ledger.js";
import type { Random } from "../random.js";
import type { Scene } from "../scene.js";

const clients = 8;
const eventsOfRun = 25;
const root = fileURLToPath(new URL("../../..", import.meta.url));

/** An event, and what it means once it is recorded. */
interface Planned {
  readonly event: EventInput;
  readonly fact: Fact;
}

/** Faults of those who report, with a spool that several of them share. */
export const clientCases: readonly FaultCase[] = [
  { ...spoolCase("spool-short", 200), isShort: true },
  { ...spoolCase("spool", 1_250), limitMs: 300_000 },
];

function spoolCase(name: string, eventsOfEach: number): FaultCase {
  const count = (clients * eventsOfEach).toLocaleString("en");
  return {
    name,
    sentence: `${clients} clients with one spool report ${count} events while the server is killed and started again and again, and so are they`,
    needs: { writers: 1 },
    fault: async (scene) => {
      const spool = join(scene.folder, "spool");
      await mkdir(spool);
      const reporting = Promise.all(
        Array.from({ length: clients }, (_, client) =>
          report(scene, spool, planOf(scene.random, client, eventsOfEach)),
        ),
      );
      await killServersUntil(scene, reporting);
      const spooled = await reporting;
      if (spooled.every((events) => events === 0)) scene.ledger.violate("nothing ever waited");
      await deliverRest(scene, spool);
    },
  };
}

/** Runs, one after the other, each with a start, phases and an end. */
function planOf(random: Random, client: number, eventsOfEach: number): readonly Planned[] {
  const begunAtMs = Date.now() - random.between(1_000_000, 2_000_000);
  return Array.from({ length: eventsOfEach / eventsOfRun }, (_, number) => {
    const id = random.uuid();
    const at = (step: number) => new Date(begunAtMs + (number * eventsOfRun + step) * 10).toISOString();
    const phases = Array.from({ length: eventsOfRun - 2 }, (_, phase): Planned => {
      const eventId = `${client}-${number}-${phase}`;
      const startedAt = at(phase + 1);
      return {
        event: { recordPhase: { executionId: id, eventId, name: "IMPLEMENT", startedAt } },
        fact: { kind: "phase", key: `${id} ${eventId}`, at: startedAt },
      };
    });
    return [
      {
        event: { startExecution: { id, wsId: `WS-${number}`, executor: "human", startedAt: at(0) } },
        fact: { kind: "run", key: id, at: at(0) } as const,
      },
      ...phases,
      {
        event: { completeExecution: { id, completedAt: at(eventsOfRun) } },
        fact: { kind: "end", key: id, at: at(eventsOfRun) } as const,
      },
    ];
  }).flat();
}

/** A client that is killed and started again until it has reported everything; how many events it kept on disk. */
async function report(scene: Scene, spool: string, plan: readonly Planned[]): Promise<number> {
  const { ledger, random } = scene;
  const planFile = join(scene.folder, `plan-${plan[0]?.fact.key}.json`);
  await writeFile(planFile, JSON.stringify(plan.map(({ event }) => event)));
  ledger.send(plan.map(({ fact }) => fact));
  let next = 0;
  let spooled = 0;
  while (next < plan.length) {
    const program = ["--import", "tsx", "test/faults/reporter.process.ts"];
    const child = spawn(
      process.execPath,
      [...program, scene.urls()[0] ?? "", spool, planFile, String(next)],
      {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    scene.cleanUp(() => child.kill("SIGKILL"));
    const killing = setTimeout(() => child.kill("SIGKILL"), random.between(700, 3_000));
    for await (const line of createInterface(child.stdout)) {
      const [index = "", outcome = ""] = line.split(" ");
      const fact = plan[Number(index)]?.fact;
      if (fact === undefined || !/^[A-Z]+$/.test(outcome)) ledger.violate(`a client says ${line}`);
      else ledger.acknowledge([fact]);
      if (outcome === "SPOOLED") spooled += 1;
      next = Number(index) + 1;
    }
    clearTimeout(killing);
  }
  return spooled;
}

async function killServersUntil(scene: Scene, reporting: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = reporting.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await pause(scene.random.between(300, 1_500));
    const [server] = scene.servers;
    if (server) await scene.end(server, "SIGKILL");
    await pause(scene.random.between(50, 800));
    await scene.untilReady(await scene.startServer(0));
  }
  await over;
}

/** As somebody would who comes back to what waits. */
async function deliverRest(scene: Scene, spool: string): Promise<void> {
  const [folder = ""] = await readdir(spool);
  const client = createClient({ url: scene.urls()[0], spool });
  const { waiting, refused, failure } = await client.sync();
  client.close();
  if (waiting > 0) scene.ledger.violate(`${waiting} wait still: ${failure?.message}`);
  const names = await readdir(join(spool, folder));
  if (refused > 0 || names.includes("refused")) scene.ledger.violate("events were refused");
}
