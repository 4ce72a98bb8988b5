import { setTimeout as pause } from "node:timers/promises";
import type { FaultCase } from "../case.js";
import type { Scene } from "../scene.js";
import { waitBetween, waitIdly } from "./waiting.js";

const standby = true;
/** Answers to what was committed before are with their writers by then. */
const lastAnswersMs = 300;

function standbyOf({ nodes: [, second] }: Scene) {
  if (second === undefined) throw new Error("the case has a standby");
  return second;
}

/** Faults that a second database server is there for; the server knows both addresses. */
export const failoverCases: readonly FaultCase[] = [
  {
    name: "failover",
    sentence: "the primary crashes and the synchronous standby takes over",
    needs: { standby, servers: 2 },
    fault: async (scene) => {
      await scene.primary.crash();
      await waitBetween(scene, 200, 2_000);
      await scene.promote(standbyOf(scene));
    },
  },
  {
    name: "failover-from-frozen",
    sentence:
      "the primary is frozen, the synchronous standby takes over, and the old primary is ended before it wakes",
    isShort: true,
    needs: { standby, servers: 2 },
    fault: async (scene) => {
      const old = scene.primary;
      old.freeze();
      await waitBetween(scene, 200, 2_000);
      await scene.promote(standbyOf(scene));
      await waitBetween(scene, 500, 2_000);
      await old.crashFrozen();
    },
  },
  {
    name: "old-primary-returns",
    sentence:
      "after a failover the old primary comes back at its address as it was, and takes writes of others",
    needs: { standby },
    fault: async (scene) => {
      const old = scene.primary;
      await old.crash();
      await scene.promote(standbyOf(scene));
      await waitBetween(scene, 1_000, 2_000);
      await old.start();
      for (const network of scene.networks) {
        await network.cut();
        await network.mend();
      }
    },
  },
  {
    name: "demoted",
    sentence: "after a failover the old primary comes back as the standby of the new one",
    needs: { standby },
    fault: async (scene) => {
      const [old] = scene.nodes;
      await old?.crash();
      await scene.promote(standbyOf(scene));
      await scene.addStandby(old?.port);
      for (const network of scene.networks) {
        await network.cut();
        await network.mend();
      }
    },
  },
  {
    name: "standby-frozen",
    sentence:
      "the synchronous standby is frozen, commits wait for it and are cancelled or ended, so that nothing is acknowledged; the primary crashes, comes back, crashes again, and the standby takes over",
    isShort: true,
    needs: { standby },
    fault: async (scene) => {
      const second = standbyOf(scene);
      second.freeze();
      await pause(lastAnswersMs);
      const frozenAtMs = performance.now();
      for (let strike = 0; strike < 10; strike += 1) {
        await waitBetween(scene, 100, 400);
        const how = scene.random.oneOf(["pg_cancel_backend", "pg_cancel_backend", "pg_terminate_backend"]);
        await scene.primary.query(`select ${how}(pid) from pg_stat_activity where wait_event = 'SyncRep'`);
      }
      await scene.primary.crash();
      await scene.primary.start();
      await waitBetween(scene, 2_000, 4_000);
      await scene.primary.crash();
      if (scene.ledger.acknowledgedBetween(frozenAtMs, performance.now()) > 0)
        scene.ledger.violate("something was acknowledged that is not on the standby");
      second.thaw();
      await scene.promote(second);
    },
  },
  {
    name: "all-hosts-down",
    sentence: "neither of two database servers can be reached",
    needs: { standby },
    fault: async (scene) => {
      for (const network of scene.networks) await network.cut();
      await waitIdly(scene, 5_000, 8_000);
      for (const network of scene.networks) await network.mend();
    },
  },
];
