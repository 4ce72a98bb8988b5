import type { FaultCase } from "../case.js";
import { waitBetween, waitIdly } from "./waiting.js";

/** Faults of the database server itself. */
export const databaseCases: readonly FaultCase[] = [
  {
    name: "database-crash",
    sentence: "the database crashes and starts again",
    isShort: true,
    fault: async (scene) => {
      await scene.primary.crash();
      await waitIdly(scene, 500, 3_000);
      await scene.primary.start();
    },
  },
  {
    name: "database-restart",
    sentence: "the database is restarted in order",
    fault: async ({ primary }) => {
      await primary.stop();
      await primary.start();
    },
  },
  {
    name: "database-frozen",
    sentence: "the database is frozen and goes on later, with what it was sent before",
    fault: async (scene) => {
      scene.primary.freeze();
      await waitIdly(scene, 5_000, 9_000);
      scene.primary.thaw();
    },
  },
  {
    name: "sessions-ended",
    sentence: "sessions of the server are cancelled and ended at random",
    fault: async ({ primary, random }) => {
      const victims = "pg_stat_activity where application_name = 'ws-metrics' order by random() limit 2";
      for (let strike = 0; strike < 25; strike += 1) {
        const how = random.oneOf(["pg_terminate_backend", "pg_cancel_backend"]);
        await primary.query(`select ${how}(pid) from (select pid from ${victims}) as victims`);
      }
    },
  },
  {
    name: "disk-full",
    sentence: "the disk of the database is full for a while",
    missing: () => (process.getuid?.() === 0 ? undefined : "only root can make a small disk"),
    needs: { smallDisk: true },
    fault: async (scene) => {
      scene.disk?.fill();
      await waitBetween(scene, 4_000, 6_000);
      scene.disk?.empty();
      if (!scene.primary.isRunning) await scene.primary.start(); // it gives up when its log finds no room
    },
  },
];
