import { describe, expect, test } from "vitest";
import type { Store } from "../../src/store/database.js";
import { after, day, hour, minute, noon } from "../support/clock.js";
import { given } from "../support/given.js";
import { copierOf, startServerWithLog } from "./log.js";

const { server, log } = await startServerWithLog();

const longAgo = after(noon, -30 * day);
const twoDaysAgo = new Date(after(noon, -2 * day));
/** More rows than are written at once, and more than are read of the past between two looks at what is recent. */
const chunk = 500;
const pastOfAPass = 10 * chunk;

const stateOfCopy = async () => (await server.sql("select * from llm_log_copies"))[0];

async function countCalls(): Promise<unknown> {
  const [row] = await server.sql(
    "select count(*) as count, count(distinct source_key) as keys from llm_calls",
  );
  return row;
}

describe.each([
  ["a while ago", after(noon, -hour)],
  ["long ago", longAgo],
])("rows that started in the same instant, %s,", (_, started_at) => {
  test.each([chunk, 2 * chunk + 1])("are all copied, each once: %i of them", async (count) => {
    await log.writeMany(count, { started_at });

    await copierOf(server).copy();

    expect(await countCalls()).toEqual({ count, keys: count });
    expect(await stateOfCopy()).toMatchObject({
      as_of: new Date(noon),
      settled_until: twoDaysAgo,
    });
  });
});

test("what is recent is copied before the past is, and as-of is not known before the end of it", async () => {
  await log.writeMany(pastOfAPass + 1, { started_at: longAgo, cost_usd: 0.001 });
  await log.write({ started_at: after(noon, -minute), cost_usd: 1 });
  const copier = copierOf(server);

  expect(await copier.pass()).toEqual({ isMine: true, isComplete: false });
  expect((await server.get("/cost-summary?from=2026-02-23T00:00:00Z")).body).toMatchObject({
    ...{ total_llm_cost_usd: 1, log_as_of: null },
  });
  expect(await countCalls()).toMatchObject({ count: pastOfAPass + 1 });

  expect(await copier.pass()).toEqual({ isMine: true, isComplete: true });
  expect((await server.get("/cost-summary")).body).toMatchObject({
    ...{ total_llm_cost_usd: 1 + (pastOfAPass + 1) / 1000, log_as_of: noon },
  });
});

test("progress counts down to nothing", async () => {
  await log.writeMany(3 * chunk, { started_at: longAgo });
  await log.writeMany(2 * chunk, { started_at: after(noon, -minute) });
  const copier = copierOf(server);

  await copier.copy();

  expect(copier.progress.map(({ copy, remaining }) => [copy.copiedCount, remaining])).toEqual([
    [chunk, 4 * chunk],
    [2 * chunk, 3 * chunk],
    [3 * chunk, 2 * chunk],
    [4 * chunk, chunk],
    [5 * chunk, 0],
    [5 * chunk, 0],
  ]);
});

test("an instance that is stopped in the middle is continued by the next, not repeated", async () => {
  await log.writeMany(3 * chunk, { started_at: longAgo });
  await log.writeMany(3 * chunk, { started_at: after(longAgo, hour) });
  const first = copierOf(server, {
    watch: ({ copy }, stop) => copy.copiedCount === 4 * chunk && stop(),
  });
  await expect(first.copy()).rejects.toThrow(/abort/i);
  await first.giveTurnBack();
  expect(await stateOfCopy()).toMatchObject({ copied_count: 4 * chunk, as_of: null, holder: null });

  const second = copierOf(server);
  await second.copy();

  expect(second.progress[0]?.remaining).toBeLessThan(3 * chunk);
  expect(second.progress.at(-1)).toMatchObject({ copy: { copiedCount: 6 * chunk }, remaining: 0 });
  expect(await countCalls()).toEqual({ count: 6 * chunk, keys: 6 * chunk });
});

test("a pass that finds nothing new takes the same three statements, whatever the log holds", async () => {
  const copier = copierOf(server);
  await copier.copy();
  const empty = await server.statementsDuring(() => copier.copy());
  await log.writeMany(2 * chunk);
  await copier.copy();

  const full = await server.statementsDuring(() => copier.copy());

  expect(full.map((statement) => statement.split(" ")[0])).toEqual(["insert", "select", "update"]);
  expect(empty).toHaveLength(full.length);
});

test("one row that changed among many is one row to write, and the rows of its minute to read", async () => {
  const copier = copierOf(server);
  await log.writeMany(2 * chunk, { started_at: after(noon, -hour) });
  const id = await log.write({ started_at: after(noon, -2 * hour) });
  await copier.copy();
  await log.change(id, { cost_usd: 2 });

  const before = copier.progress.length;
  await copier.copy();

  expect(copier.progress[before]).toMatchObject({ remaining: 0, copy: { copiedCount: 2 * chunk + 1 } });
  expect(copier.progress).toHaveLength(before + 2);
});

test("a restart does not read again what is copied", async () => {
  await log.writeMany(2 * chunk, { started_at: after(noon, -hour) });
  const first = copierOf(server);
  await first.copy();
  await first.giveTurnBack();

  const second = copierOf(server);
  const statements = await server.statementsDuring(() => second.copy());

  expect(statements.filter((statement) => statement.includes("is_different"))).toEqual([]);
  expect(second.progress.map(({ remaining }) => remaining)).toEqual([0]);
});

test("a copy that is to begin anew reads everything again, and changes nothing that is as it was", async () => {
  const copier = copierOf(server);
  const run = await given(server).execution().inProgress();
  const id = await log.write({ workflow_execution_id: run.id, started_at: longAgo, cost_usd: 1 });
  await copier.copy();
  await log.change(id, { cost_usd: 2 });
  await copier.copy();
  expect((await server.get("/cost-summary")).body).toMatchObject({ total_llm_cost_usd: 1 });

  await server.sql("delete from llm_log_copies");
  await copier.copy();

  expect((await server.get("/cost-summary")).body).toMatchObject({ total_llm_cost_usd: 2 });
});

describe("several instances", () => {
  test("take turns: one copies until it gives its turn back", async () => {
    const first = copierOf(server);
    const second = copierOf(server);
    await first.copy();
    await log.write();

    expect(await second.pass()).toEqual({ isMine: false, isComplete: true });
    expect(second.progress).toEqual([
      { copy: expect.objectContaining({ asOf: new Date(noon) }), remaining: null },
    ]);
    expect(await countCalls()).toMatchObject({ count: 0 });

    await first.giveTurnBack();
    await second.copy();
    expect(await countCalls()).toMatchObject({ count: 1 });
    expect(await first.pass()).toEqual({ isMine: false, isComplete: true });
  });

  test("succeed one that says nothing for a while", async () => {
    const first = copierOf(server);
    await first.copy();
    await server.sql("update llm_log_copies set held_until = now() - interval '1 second'");

    const second = copierOf(server);
    await log.write();
    await second.copy();

    expect(await countCalls()).toMatchObject({ count: 1 });
  });

  test("write nothing after they lost their turn", async () => {
    await log.writeMany(2 * chunk);
    const { store } = server.database;
    const losing: Store = {
      ...store,
      write: async (work) => {
        await server.sql("update llm_log_copies set holder = gen_random_uuid()");
        return store.write(work);
      },
    };
    const copier = copierOf({ database: { ...server.database, store: losing }, clock: server.clock });

    expect(await copier.pass()).toEqual({ isMine: false, isComplete: true });

    expect(await countCalls()).toMatchObject({ count: 0 });
    expect(await stateOfCopy()).toMatchObject({ as_of: null, copied_count: 0 });
  });
});
