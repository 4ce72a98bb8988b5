import { setTimeout as pause } from "node:timers/promises";
import type { FaultCase } from "../case.js";
import type { Scene } from "../scene.js";
import { waitBetween } from "./waiting.js";

const hourMs = 3_600_000;

/** Nothing is written to a run meanwhile. */
const heldUp = "begin; lock table ws_executions in exclusive mode; select pg_sleep(1.5); commit";
/** What was sent that long before has reached the server. */
const onTheWireMs = 100;

/** Has a process believe that it is another time, by a program that it loads first. */
const atAnotherTime = (byMs: number) => {
  const program = `const RealDate = Date; globalThis.Date = class extends RealDate {
    constructor(...args) { args.length === 0 ? super(RealDate.now() + ${byMs}) : super(...args); }
    static now() { return RealDate.now() + ${byMs}; } };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` };
};

function theServer({ servers: [server] }: Scene) {
  if (server === undefined) throw new Error("every case has a server");
  return server;
}

/** Faults of the server of the product. */
export const serverCases: readonly FaultCase[] = [
  {
    name: "server-killed",
    sentence: "the server is killed without warning and started again",
    fault: async (scene) => {
      await scene.end(theServer(scene), "SIGKILL");
      await scene.untilReady(await scene.startServer(0));
    },
  },
  {
    name: "server-stopped",
    sentence:
      "the server is asked to stop while every report waits, answers them, ends in order within 10 s, and is started again",
    fault: async (scene) => {
      const { ledger, primary } = scene;
      const held = primary.query(heldUp);
      await pause(400); // so that every writer waits for an answer
      const stoppedAtMs = performance.now();
      const code = await scene.end(theServer(scene), "SIGTERM");
      const endedAtMs = performance.now();
      await held;
      if (code !== 0) ledger.violate(`the stopped server ended with code ${code}`);
      if (endedAtMs - stoppedAtMs > 10_000) ledger.violate("the server took more than 10 s to stop");
      if (ledger.acknowledgedBetween(stoppedAtMs, endedAtMs) === 0)
        ledger.violate("nothing was on its way when the server was stopped");
      for (const { sentAtMs } of ledger.severed.filter(({ endedAtMs }) => endedAtMs > stoppedAtMs))
        if (sentAtMs < stoppedAtMs - onTheWireMs)
          ledger.violate("a request that was on its way when the server was stopped was not answered");
      await scene.untilReady(await scene.startServer(0));
    },
  },
  {
    name: "server-replaced",
    sentence: "servers are restarted in turn, in order or killed, while others go on",
    needs: { servers: 2 },
    fault: async (scene) => {
      for (let turn = 0; turn < 4; turn += 1) {
        const place = turn % 2;
        const server = scene.servers[place];
        if (server) await scene.end(server, scene.random.oneOf(["SIGTERM", "SIGKILL"]));
        await scene.untilReady(await scene.startServer(place));
      }
    },
  },
  {
    name: "started-at-once",
    sentence:
      "three more servers start at the same moment on an empty database, and each of them takes a run",
    fault: async (scene) => {
      await scene.primary.query("create database empty");
      const empty = scene.databaseUrl.replace(/postgres$/, "empty");
      const servers = await Promise.all([1, 2, 3].map(() => scene.launchAside(empty)));
      for (const server of servers) {
        await scene.untilReady(server);
        const { status } = await server.post("/ws-execution", { ws_id: "WS-1", executor: "human" });
        if (status !== 201) scene.ledger.violate(`a server that started beside others answered ${status}`);
      }
    },
  },
  {
    name: "clocks-apart",
    sentence: "the clocks of two servers are 100 minutes apart",
    needs: { servers: 2, env: (server) => atAnotherTime(server === 0 ? -hourMs : hourMs * (2 / 3)) },
    fault: () => pause(3_000),
  },
  {
    name: "same-event-twice",
    sentence: "every report is sent to two servers at the same moment",
    needs: { servers: 2, isTwice: true },
    fault: (scene) => waitBetween(scene, 2_000, 3_000),
  },
];
