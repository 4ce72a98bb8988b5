import fc from "fast-check";
import { expect, test } from "vitest";
import { createSchema } from "../../src/graphql/schema.js";
import { startTestServer } from "../support/server.js";
import type { Received } from "../wire/exchange.js";
import { storedRows } from "../wire/refusal.js";
import { type GraphqlRequest, sentOf } from "./document.js";
import { expectToReach, fuzz, patience, type Tally } from "./effort.js";
import { expectSoundReads, expectSoundRows } from "./invariants.js";
import { expectSound, shown } from "./oracle.js";
import { requestsOf } from "./request.arbitrary.js";
import { expectAlive, scenesOf } from "./scene.js";

const schema = createSchema();
const server = await startTestServer();

/** Mutations of one write each, and how many of them were done. */
const tally: Tally = { sent: 0, done: 0 };

function count({ operations }: GraphqlRequest, { text }: Received): void {
  const [operation] = operations;
  if (operations.length > 1 || operation?.kind !== "mutation") return;
  const { data } = JSON.parse(text) as { data?: Readonly<Record<string, unknown>> | null };
  for (const { alias = "" } of operation.fields) {
    tally.sent += 1;
    if (data?.[alias] !== null && data?.[alias] !== undefined) tally.done += 1;
  }
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly path?: readonly unknown[] }[];
}

/**
 * Nothing was executed, or the one thing that was executed was not done. Of several, some may have been; and so
 * was one whose answer failed further down, where the path of an error leads.
 */
function isRefused({ operations }: GraphqlRequest, { text }: Received): boolean {
  const { data, errors = [] } = JSON.parse(text) as Answer;
  const wasDone = errors.some(({ path = [] }) => path.length > 1);
  return (
    data === undefined || (data === null && !wasDone && operations.every(({ fields }) => fields.length === 1))
  );
}

async function answered(request: GraphqlRequest): Promise<Received> {
  const received = await expectSound(server.url, sentOf(request));
  count(request, received);
  return received;
}

/** Alone on the server, so that whatever changes was changed by this request. */
async function expectRefusedUnchanged(request: GraphqlRequest): Promise<void> {
  const before = await storedRows(server);
  const received = await answered(request);
  if (isRefused(request, received)) expect(await storedRows(server), shown(sentOf(request))).toEqual(before);
}

test(
  "requests made from the schema are answered soundly, refused ones change nothing, and what is stored stays sound",
  async () => {
    const nextTry = scenesOf(server);
    const requests = fc.array(requestsOf(schema), { minLength: 4, maxLength: 12 });

    await fuzz(requests, { runs: 20, seconds: 2 }, async ([watched, ...others]) => {
      await nextTry();
      if (watched !== undefined) await expectRefusedUnchanged(watched);
      await Promise.all(others.map(answered));
      await expectSoundRows(server);
    });

    await expectAlive(server);
    await expectSoundReads(server);
    expectToReach(tally, "mutations");
  },
  patience(2),
);
