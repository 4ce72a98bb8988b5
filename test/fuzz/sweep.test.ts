import { expect, test } from "vitest";
import { createSchema } from "../../src/graphql/schema.js";
import { startTestServer } from "../support/server.js";
import { Coverage } from "./coverage.js";
import { sentOf, write } from "./document.js";
import { effort, patience } from "./effort.js";
import { expectSoundReads, expectSoundRows } from "./invariants.js";
import { expectSound } from "./oracle.js";
import { expectAlive, setScene } from "./scene.js";
import { inTurns, sweepOf } from "./sweep.js";

const server = await startTestServer();

/** How many requests are on their way at once. */
const atOnce = 4;

test(
  "every root field, argument, input field and output field of the schema is asked for, with hostile values, and answered soundly",
  async () => {
    const schema = createSchema();
    const coverage = new Coverage(schema);
    const requests = sweepOf(schema, inTurns(effort));
    await setScene(server);
    for (let first = 0; first < requests.length; first += atOnce) {
      const some = requests.slice(first, first + atOnce);
      for (const { query, variables } of some.map(write)) coverage.note(query, variables);
      await Promise.all(some.map((request) => expectSound(server.url, sentOf(request))));
    }

    expect(coverage.missed).toEqual([]);
    await expectAlive(server);
    await expectSoundRows(server);
    await expectSoundReads(server);
  },
  patience(5),
);
