import { expect, test, vi } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";

const server = await startTestServer();
/** A fold begins about a second after the one before, on a machine that has nothing else to do. */
const soon = { timeout: 15_000, interval: 50 };

test("a server folds what waits by itself, again and again", async () => {
  /** Every run is counted in a quarter hour and in a day. */
  const isFolded = async (runs: number) => {
    expect(await server.sql("select * from run_sum_changes")).toEqual([]);
    expect(await server.sql("select sum(completed_count)::integer as n from run_sums")).toEqual([
      { n: 2 * runs },
    ]);
  };
  await given(server).execution().completed();
  await vi.waitFor(() => isFolded(1), soon);

  await given(server).execution().completed();
  await vi.waitFor(() => isFolded(2), soon);
  expect((await server.get("/scoreboard")).body).toMatchObject({ total_runs: 2 });
});
