import fc from "fast-check";
import { expect, test } from "vitest";
import { createSchema } from "../../src/graphql/schema.js";
import { restRoutes } from "../../src/rest/server.js";
import { startTestServer } from "../support/server.js";
import type { Received, Sent } from "../wire/exchange.js";
import { storedRows } from "../wire/refusal.js";
import { expectToReach, fuzz, patience, type Tally } from "./effort.js";
import { expectSoundReads, expectSoundRows } from "./invariants.js";
import { expectSound, shown } from "./oracle.js";
import { bodiesOf, restRequestsOf } from "./rest.arbitrary.js";
import { parametersOf } from "./rest.cases.js";
import { expectAlive, scenesOf } from "./scene.js";

const schema = createSchema();
const server = await startTestServer();

test("requests name every field and parameter that a route knows", async () => {
  const namesIn = (answer: unknown) =>
    /(?:fields|parameters) are (.*?)(?:;|$)/.exec(String(answer))?.[1]?.match(/\w+/g) ?? [];
  const bodies: Readonly<Record<string, object>> = bodiesOf(schema);

  for (const { method, path } of restRoutes) {
    const { body } = await (method === "POST"
      ? server.post(path, { "?": 1 })
      : server.get(`${path.replace(":id", "7c1d7d5e-7e5b-4b6e-9f0a-2f6f3f0c8a11")}?%3F=1`));
    const said = (method === "POST" ? bodies : parametersOf)[path] ?? {};

    const [complaint] = (body.errors as { path: string; message: string }[]).filter(
      (error) => error.path === "?",
    );
    expect(namesIn(complaint?.message).toSorted(), path).toEqual(Object.keys(said).toSorted());
  }
});

const isWrite = ({ method, path }: Sent) => method === "POST" && /\/(ws-execution|bug-fix)$/.test(path);

/** Reports, and how many of them were done. */
const tally: Tally = { sent: 0, done: 0 };

async function answered(sent: Sent): Promise<Received> {
  const received = await expectSound(server.url, sent);
  if (isWrite(sent)) tally.sent += 1;
  if (isWrite(sent) && received.status < 300) tally.done += 1;
  return received;
}

/** Alone on the server: what is refused, and what only reads, changes no row. */
async function expectUnchanged(sent: Sent): Promise<void> {
  const before = await storedRows(server);
  const { status } = await answered(sent);
  if (status >= 400 || !isWrite(sent)) expect(await storedRows(server), shown(sent)).toEqual(before);
}

test(
  "requests to every route are answered soundly, refused ones change nothing, and what is stored stays sound",
  async () => {
    const nextTry = scenesOf(server);
    const requests = fc.array(restRequestsOf(schema), { minLength: 4, maxLength: 12 });

    await fuzz(requests, { runs: 20, seconds: 1 }, async ([watched, ...others]) => {
      await nextTry();
      if (watched !== undefined) await expectUnchanged(watched);
      await Promise.all(others.map(answered));
      await expectSoundRows(server);
    });

    await expectAlive(server);
    await expectSoundReads(server);
    expectToReach(tally, "reports");
  },
  patience(1),
);
