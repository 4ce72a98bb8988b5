import fc from "fast-check";
import { expect, test } from "vitest";
import { createSchema } from "../../src/graphql/schema.js";
import { startTestServer } from "../support/server.js";
import { storedRows } from "../wire/refusal.js";
import { brokenOf } from "./broken.arbitrary.js";
import { fuzz, patience } from "./effort.js";
import { expectSoundRows } from "./invariants.js";
import { expectSound, shown } from "./oracle.js";
import { requestsOf } from "./request.arbitrary.js";
import { expectAlive, setScene } from "./scene.js";

const server = await startTestServer();

test(
  "what is broken on its way is answered soundly, and changes nothing when it is refused",
  async () => {
    await setScene(server);
    const requests = fc.array(brokenOf(requestsOf(createSchema())), { minLength: 10, maxLength: 10 });

    await fuzz(requests, { runs: 15, seconds: 1 }, async ([watched, ...others]) => {
      if (watched === undefined) return;
      const before = await storedRows(server);
      const { text } = await expectSound(server.url, watched);
      const answer = JSON.parse(text) as { data?: unknown };
      if (answer.data === undefined) expect(await storedRows(server), shown(watched)).toEqual(before);

      await Promise.all(others.map((sent) => expectSound(server.url, sent)));
    });

    await expectAlive(server);
    await expectSoundRows(server);
  },
  patience(1),
);
