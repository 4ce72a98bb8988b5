import { expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { exchange } from "../wire/exchange.js";
import { seriesOf } from "./exposition.js";
import { scrape } from "./scrape.js";

const server = await startTestServer();

const api = "/api/v1/metrics";
const marks = ["hostile", "3f0c0d2e", "WS-SECRET", "PURGE", "PROPFIND"];

/** One request of each kind that brings something of its own to where labels come from. */
async function attack(round: number): Promise<void> {
  const id = `3f0c0d2e-0000-4000-8000-${String(round).padStart(12, "0")}`;
  const mark = `hostile-${round}`;
  const get = (path: string) => exchange(server.url, { path });
  await get(`/${mark}`);
  await get(`${api}/ws-executions/${mark}`);
  await get(`${api}/ws-executions/${id}`);
  await get(`/%zz${mark}`);
  await get(`/metrics?${mark}=1`);
  for (const method of ["PURGE", "PROPFIND", "OPTIONS", "PUT", "TRACE"]) {
    await exchange(server.url, { method, path: `/${mark}` });
    await exchange(server.url, { method, path: `${api}/ws-execution` });
  }
  await server.graphql(
    `query ${mark.replace("-", "_")} { ${mark.replace("-", "_")}: scoreboard { totalRuns } }`,
  );
  await server.graphql(`{ hostile${round} }`);
  await server.post("/ws-execution", { id, ws_id: `WS-SECRET-${round}`, executor: mark });
  await server.post("/ws-execution", { id, ws_id: "WS-SECRET", executor: mark, status: mark });
}

test("no request makes a label of its own, however often it is sent", async () => {
  await attack(1);
  await attack(2);
  const names = async () =>
    Object.keys(seriesOf(await scrape(server))).filter((name) => !name.startsWith("nodejs_"));
  await names();
  const before = await names();

  for (let round = 3; round < 13; round += 1) await attack(round);

  const after = await names();
  expect(after.sort()).toEqual(before.sort());
  for (const mark of marks) expect(after.filter((name) => name.includes(mark))).toEqual([]);
  expect(after.length).toBeLessThan(1_000);
});
