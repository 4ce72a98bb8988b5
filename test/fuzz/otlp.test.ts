import fc from "fast-check";
import { expect, test } from "vitest";
import { captured } from "../otlp/requests.js";
import { startTestServer } from "../support/server.js";
import { storedRows } from "../wire/refusal.js";
import { fuzz, patience } from "./effort.js";
import { expectSoundReads, expectSoundRows } from "./invariants.js";
import { expectSound, shown } from "./oracle.js";
import { telemetry } from "./otlp.arbitrary.js";
import { expectAlive, setScene } from "./scene.js";

const server = await startTestServer({ clock: captured });

test(
  "telemetry that was changed or hurt is answered soundly, stored soundly or not at all",
  async () => {
    await setScene(server);

    await fuzz(
      fc.array(telemetry, { minLength: 8, maxLength: 8 }),
      { runs: 15, seconds: 1 },
      async (some) => {
        const [watched, ...others] = some;
        if (watched === undefined) return;
        const before = await storedRows(server);
        const { status } = await expectSound(server.url, watched);
        if (status >= 400) expect(await storedRows(server), shown(watched)).toEqual(before);

        await Promise.all(others.map((sent) => expectSound(server.url, sent)));
        await expectSoundRows(server);
      },
    );

    expect(await server.sql("select 1 from llm_calls limit 1")).toHaveLength(1);
    await expectAlive(server);
    await expectSoundReads(server);
  },
  patience(1),
);
