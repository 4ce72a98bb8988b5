import { expect } from "vitest";
import { given } from "../support/given.js";
import type { TestServer } from "../support/server.js";
import { expectSoundReads } from "./invariants.js";
import { canary } from "./oracle.js";
import { startedIds } from "./pool.js";

/** The runs that requests will meet, and one that they will not: what it holds belongs in nobody's errors. */
export async function setScene(server: TestServer): Promise<void> {
  const of = given(server);
  for (const id of startedIds) await of.execution({ id, ws_id: "WS-1", wp_id: "WP-1" }).inProgress();
  const other = await of.execution({ ws_id: canary }).inProgress();
  await other.withBugFix({ description: canary });
}

/** After so many tries the scene is set anew, or in the end every run has ended, and everything contradicts it. */
const triesPerScene = 12;

/**
 * Sets the scene for every so many tries, and looks at the one that was left, all its readers included.
 * @returns what to await before each try
 */
export function scenesOf(server: TestServer): () => Promise<void> {
  let tries = 0;
  return async () => {
    if (tries % triesPerScene === 0) {
      if (tries > 0) await expectSoundReads(server);
      await server.reset();
      await setScene(server);
    }
    tries += 1;
  };
}

/** The server is there as if nothing had happened. */
export async function expectAlive({ fetch }: Pick<TestServer, "fetch">): Promise<void> {
  expect((await fetch("/readyz")).status).toBe(200);
}
