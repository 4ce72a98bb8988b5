import { afterAll, expect, test, vi } from "vitest";
import { hold, share } from "../../src/store/claim.repository.js";
import { onPostgres, openTestDatabase } from "../support/database.js";

const database = await openTestDatabase();
const { store } = database;
afterAll(() => database.close());

const many = Array.from({ length: 30_000 }, (_, number) => `session-${number}`);

test.each([
  ["hold", hold],
  ["share", share],
])("more sessions than the server has locks: %s them", async (_, claim) => {
  await expect(store.write((db) => claim(db, { sessionIds: many }))).resolves.toBeUndefined();
});

/** The order in which two transactions go on: one that holds `first`, and one that wants to share `second` meanwhile. */
async function orderOf(first: readonly string[], second: readonly string[]): Promise<readonly string[]> {
  const order: string[] = [];
  let other: Promise<void> | undefined;
  await store.write(async (db) => {
    await hold(db, { sessionIds: first });
    other = store.write(async (inner) => {
      await share(inner, { sessionIds: second });
      order.push("second");
    });
    await vi.waitFor(async () => expect((await waiting()).length + order.length).toBe(1), {
      interval: 5,
      timeout: 10_000,
    });
    order.push("first");
  });
  await other;
  return order;
}

const waiting = () => database.sql("select 1 from pg_locks where locktype = 'advisory' and not granted");

test.runIf(onPostgres)(
  "who claims many keeps out who claims one of them, and the other way around",
  async () => {
    const [one = ""] = many;

    expect(await orderOf(many, [one])).toEqual(["first", "second"]);
    expect(await orderOf([one], many)).toEqual(["first", "second"]);
  },
);

test.runIf(onPostgres)("claims of few are in nobody's way but each other's", async () => {
  expect(await orderOf(["a"], ["b"])).toEqual(["second", "first"]);
  expect(await orderOf(["a"], ["a"])).toEqual(["first", "second"]);
});
