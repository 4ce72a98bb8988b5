import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tellings } from "../property/history.arbitrary.js";
import { allAtOnce, expectSameRun } from "../property/replay.js";
import { after, noon, second } from "../support/clock.js";
import { concurrently } from "../support/concurrently.js";
import { onPostgres, openTestDatabase, type TestDatabase } from "../support/database.js";
import { type ServerProcess, startProcess } from "../support/process.js";
import { always } from "../support/property.js";

describe.runIf(onPostgres)("two server processes on one database", () => {
  let database: TestDatabase;
  let one: ServerProcess;
  let other: ServerProcess;

  beforeAll(async () => {
    database = await openTestDatabase();
    const env = { DATABASE_URL: database.url ?? "", LOG_LEVEL: "fatal" };
    [one, other] = await Promise.all([startProcess(env), startProcess(env)]);
  });

  afterAll(async () => {
    await Promise.all([one.kill(), other.kill()]);
    await database.close();
  });

  test("the events of a run make the same execution in any order, whichever process hears of them", async () => {
    await always(tellings, { runs: 12, seconds: 4 }, (telling) => expectSameRun([one, other], telling));
  });

  test("the events of a run make the same execution when all of them arrive at once", async () => {
    await always(tellings, { runs: 12, seconds: 4 }, (telling) =>
      expectSameRun([one, other], telling, allAtOnce),
    );
  });

  test("50 phases posted to one execution through both all land, each with a sequence of its own", async () => {
    const id = randomUUID();
    await one.post("/ws-execution", { id, ws_id: "WS-1", executor: "human", started_at: noon });
    const phase = { name: "verify", started_at: noon, completed_at: after(noon, second) };

    await concurrently(50, (index) =>
      (index % 2 === 0 ? one : other).post("/ws-execution", {
        ...{ id, phase: { ...phase, event_id: `event-${index}` } },
      }),
    );

    const rows = await database.sql<{ sequence: number }>(
      "select sequence from ws_phases where ws_execution_id = $1 order by sequence",
      [id],
    );
    expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });
});
