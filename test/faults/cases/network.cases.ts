import type { FaultCase } from "../case.js";
import { waitBetween, waitIdly } from "./waiting.js";

/** Notices the commits among what is sent to a database, also those of statements that were prepared before. */
function commitWatch(): (bytes: Buffer) => boolean {
  const prepared = new Set<string>();
  return (bytes) => {
    const text = bytes.toString("latin1");
    for (const [, name] of text.matchAll(/(\w*)\0commit\0/g)) if (name) prepared.add(name);
    return text.includes("commit") || [...prepared].some((name) => text.includes(`\0${name}\0`));
  };
}

/** Faults of the network, on both sides of the server. */
export const networkCases: readonly FaultCase[] = [
  {
    name: "network-cut",
    sentence: "every connection to the database is reset, and none can be made",
    fault: async (scene) => {
      await scene.networks[0]?.cut();
      await waitIdly(scene, 1_000, 5_000);
      await scene.networks[0]?.mend();
    },
  },
  {
    name: "network-stalled",
    sentence: "nothing gets through to the database, and what was held up arrives late",
    isShort: true,
    fault: async (scene) => {
      for (const network of scene.networks) network.isStalled = true;
      await waitIdly(scene, 4_000, 8_000);
      await scene.networks[0]?.mend();
    },
  },
  {
    name: "hung-up",
    sentence: "whoever connects to either of two database servers is hung up on at once",
    needs: { standby: true },
    fault: async (scene) => {
      for (const network of scene.networks) {
        network.hangsUp = true;
        await network.cut();
        await network.mendConnections();
      }
      await waitIdly(scene, 4_000, 6_000);
      for (const network of scene.networks) await network.mend();
    },
  },
  {
    name: "latency",
    sentence: "the database is 200 ms away, each way",
    fault: async (scene) => {
      for (const network of scene.networks) network.latencyMs = 200;
      await waitBetween(scene, 4_000, 6_000);
      await scene.networks[0]?.mend();
    },
  },
  {
    name: "throttled",
    sentence: "only 8 kB a second get through to the database on each connection",
    fault: async (scene) => {
      for (const network of scene.networks) network.bytesPerSecond = 8_000;
      await waitBetween(scene, 4_000, 6_000);
      await scene.networks[0]?.mend();
    },
  },
  {
    name: "commit-unanswered",
    sentence: "connections are lost between a commit and its answer",
    isShort: true,
    fault: async (scene) => {
      const isCommit = commitWatch();
      for (const network of scene.networks) {
        network.losesAnswerTo = (bytes) => isCommit(bytes) && scene.random.share() < 1 / 4;
        await network.cut(); // so that statements are prepared before our eyes
        await network.mendConnections();
      }
      await waitBetween(scene, 4_000, 6_000);
      await scene.networks[0]?.mend();
    },
  },
  {
    name: "answer-broken-off",
    sentence: "answers of the server are reset in the middle",
    needs: { front: true },
    fault: async (scene) => {
      for (const front of scene.fronts) front.breaksOff = () => scene.random.share() < 1 / 3;
      await waitBetween(scene, 3_000, 5_000);
      for (const front of scene.fronts) await front.mend();
    },
  },
];
