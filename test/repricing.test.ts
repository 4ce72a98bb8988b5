import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { startApp } from "../src/app.js";
import { parseConfig } from "../src/config.js";
import { noPrices, type PriceBook } from "../src/domain/price.js";
import { RepricingSupersededError, reprice } from "../src/services/repricing.service.js";
import { type Client, clientOf } from "./support/client.js";
import { after, hour, noon, testClock } from "./support/clock.js";
import { concurrently } from "./support/concurrently.js";
import { onPostgres, openTestDatabase } from "./support/database.js";
import { givenPrices, givenPricingFile, type ModelFacts, pricedAt } from "./support/pricing-file.js";
import { always } from "./support/property.js";

const database = await openTestDatabase();
const clock = testClock();
beforeEach(() => database.reset());
afterAll(() => database.close());

const repricedBy = (prices: PriceBook, options: Partial<Parameters<typeof reprice>[0]> = {}) =>
  reprice({ store: database.store, prices, clock: clock.now, ...options });

/** A server with those prices on the data of this test. */
async function givenServer(models: readonly ModelFacts[]): Promise<Client> {
  const PRICING_FILE = await givenPricingFile({ models });
  const config = parseConfig({ PORT: "0", LOG_LEVEL: "silent", PRICE_SOURCE: "none", PRICING_FILE });
  const store = { ...database.store, close: async () => {} };
  const app = await startApp(config, { store, clock: clock.now });
  onTestFinished(() => app.close());
  return clientOf(app.url);
}

/** Facts about a call; a million input tokens of one model unless said otherwise. */
type CallFacts = Readonly<Record<string, string | number | undefined>>;

const recordCalls = `mutation ($input: [LlmCallInput!]!) { recordLlmCalls(input: $input) { outcome error { message } } }`;

async function givenCalls(server: Client, calls: readonly CallFacts[]): Promise<void> {
  const startedAt = after(noon, -hour);
  const usual = { model: "house-large", startedAt, inputTokens: 1_000_000 };
  const input = calls.map((call) => ({ sourceKey: randomUUID(), ...usual, ...call }));
  const { body } = await server.graphql(recordCalls, { input });
  expect(body).toEqual({ data: { recordLlmCalls: calls.map(() => ({ outcome: "RECORDED", error: null })) } });
}

async function givenRun(server: Client, facts: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const id = randomUUID();
  const started_at = after(noon, -2 * hour);
  const run = { id, ws_id: "WS-1", executor: "claude_code", started_at, ...facts };
  expect((await server.post("/ws-execution", run)).status).toBe(201);
  return id;
}

const totalOf = async (server: Client) =>
  (await server.get<{ total_llm_cost_usd: number }>("/cost-summary")).body.total_llm_cost_usd;

/** Every stored cost, the time a row was last written included: where it stands. */
const rows = () =>
  database.sql(`
    select source_key as key, ctid::text as place, computed_cost_usd as cost, price_version from llm_calls
    union all
    select id::text, ctid::text, estimated_cost_usd, estimate_price_version from ws_executions
    order by key`);

/** Runs whose sums are not those of their calls. */
const wrongSums = () =>
  database.sql(`
    select runs.id from ws_executions as runs left join lateral (
      select count(*) as calls, count(*) filter (where cost_usd is null) as unpriced, sum(cost_usd) as cost
      from llm_calls where ws_execution_id = runs.id
    ) as sums on true
    where (logged_call_count, logged_unpriced_call_count) <> (sums.calls, sums.unpriced)
      or logged_cost_usd is distinct from sums.cost`);

test("history does not move by itself when prices change, and is moved when that is asked for", async () => {
  const before = await givenServer([pricedAt(3)]);
  const run = await givenRun(before);
  await givenCalls(before, [{ executionId: run }, { executionId: run }, {}]);
  const now = await givenServer([pricedAt(2)]);
  await givenCalls(now, [{ executionId: run }]);

  expect(await totalOf(now)).toBe(11);

  const prices = await givenPrices([pricedAt(2)]);
  const { pass, differences } = await repricedBy(prices);

  expect(pass).toMatchObject({
    callCount: 4,
    changedCallCount: 3,
    newlyPricedCallCount: 0,
    differenceUsd: -3,
  });
  expect(differences).toEqual(new Map([["house-large", -3]]));
  expect(await totalOf(now)).toBe(8);
  expect((await now.get("/dashboard")).body).toMatchObject({ total_llm_cost_usd: 6 });
  expect((await now.get(`/ws-executions/${run}`)).body).toMatchObject({ cost: { logged_usd: 6 } });
  expect(await database.sql("select distinct price_version from llm_calls")).toEqual([
    { price_version: prices.version },
  ]);
  expect(await wrongSums()).toEqual([]);
});

test("each call is priced by the price of its own time", async () => {
  const server = await givenServer([]);
  await givenCalls(server, [
    { startedAt: "2026-01-31T23:59:59.999Z" },
    { startedAt: "2026-02-01T00:00:00Z" },
  ]);
  const dated = [
    { until: "2026-02-01", usdPerMillionTokens: { input: 1, output: 0 } },
    { from: "2026-02-01", usdPerMillionTokens: { input: 10, output: 0 } },
  ];

  const { pass } = await repricedBy(await givenPrices([pricedAt(0, { prices: dated })]));

  expect(pass).toMatchObject({ newlyPricedCallCount: 2, differenceUsd: 11 });
});

test("a second time there is nothing to change, and nothing is written", async () => {
  const server = await givenServer([pricedAt(3)]);
  const run = await givenRun(server, { llm_model: "house-large", llm_tokens_in: 1_000 });
  await givenCalls(server, [{ executionId: run }, { model: "unknown" }]);
  const prices = await givenPrices([pricedAt(2)]);
  await repricedBy(prices);
  const stored = await rows();

  const { pass, differences } = await repricedBy(prices);

  expect(pass).toMatchObject({
    callCount: 2,
    executionCount: 1,
    changedCallCount: 0,
    changedExecutionCount: 0,
  });
  expect(pass.differenceUsd).toBe(0);
  expect(differences).toEqual(new Map());
  expect(await rows()).toEqual(stored);
});

test("prices of another version that are the same change no cost, only the version", async () => {
  const server = await givenServer([pricedAt(3)]);
  await givenCalls(server, [{}]);
  const prices = await givenPrices([pricedAt(3), pricedAt(1, { name: "other" })]);

  const { pass } = await repricedBy(prices);

  expect(pass).toMatchObject({ callCount: 1, changedCallCount: 0, differenceUsd: 0 });
  expect(await rows()).toMatchObject([{ price_version: prices.version }]);
});

test("a cost whose price is not known any more is kept and counted", async () => {
  const server = await givenServer([pricedAt(3)]);
  await givenRun(server, { llm_model: "house-large", llm_tokens_in: 1_000_000 });
  await givenCalls(server, [{}, { model: "unknown" }]);
  const stored = await rows();

  const { pass } = await repricedBy(noPrices);

  expect(pass).toMatchObject({ callCount: 2, executionCount: 1, unknownPriceCount: 2, differenceUsd: 0 });
  expect(await rows()).toEqual(stored);
  expect(await totalOf(server)).toBe(6);
});

test("a reported cost stays and counts; what was computed beside it is repriced", async () => {
  const server = await givenServer([pricedAt(3)]);
  const run = await givenRun(server);
  await givenCalls(server, [{ executionId: run, costUsd: 7 }]);

  const { pass } = await repricedBy(await givenPrices([pricedAt(2)]));

  expect(pass).toMatchObject({ changedCallCount: 1, differenceUsd: 0 });
  expect(await totalOf(server)).toBe(7);
  const [call] = await database.sql(
    "select reported_cost_usd::float as reported, computed_cost_usd::float as computed from llm_calls",
  );
  expect(call).toEqual({ reported: 7, computed: 2 });
});

describe("estimates of executions", () => {
  const totals = { llm_model: "house-large", llm_calls: 1, llm_tokens_in: 1_000_000 };

  test("are repriced, and change the cost of runs that have no other", async () => {
    const server = await givenServer([pricedAt(3)]);
    const estimated = await givenRun(server, totals);
    const reported = await givenRun(server, { ...totals, llm_cost_usd: 9 });
    await givenRun(server);

    const { pass, differences } = await repricedBy(await givenPrices([pricedAt(2)]));

    expect(pass).toMatchObject({ executionCount: 2, changedExecutionCount: 2, differenceUsd: -1 });
    expect(differences).toEqual(new Map([["house-large", -1]]));
    const costOf = async (id: string) => (await server.get(`/ws-executions/${id}`)).body.cost;
    expect(await costOf(estimated)).toMatchObject({ total_usd: 2, source: "PRICED" });
    expect(await costOf(reported)).toMatchObject({ total_usd: 9, source: "EXECUTOR_REPORTED" });
  });

  test("count no more when a call of their run is priced", async () => {
    const server = await givenServer([]);
    const run = await givenRun(server, { ...totals, llm_cost_usd: 9 });
    const withoutCost = await givenRun(server, totals);
    await givenCalls(server, [{ executionId: run }, { executionId: run }, { executionId: withoutCost }]);
    const prices = await givenPrices([pricedAt(2)]);
    const options = { batchSize: 1 };

    const foreseen = await repricedBy(prices, { ...options, isDryRun: true });
    const { pass, differences } = await repricedBy(prices, options);

    expect(await totalOf(server)).toBe(6);
    expect(pass).toMatchObject({ newlyPricedCallCount: 3, changedExecutionCount: 2, differenceUsd: -3 });
    expect(differences).toEqual(
      new Map([
        ["house-large", 6],
        [null, -9],
      ]),
    );
    expect(foreseen.differences).toEqual(differences);
  });
});

/** Calls and runs of all sorts: reported or not, attributed or not, of models with and without a price. */
async function givenHistory(server: Client, size: number): Promise<void> {
  const models = ["house-large", "house-small", "unknown"];
  const runs: (string | undefined)[] = [undefined, randomUUID()];
  for (let index = 0; index < size; index += 1) {
    const llm_model = models[index % 3];
    const reported = index % 4 === 0 ? { llm_cost_usd: index + 1 } : {};
    runs.push(await givenRun(server, { llm_model, llm_tokens_in: 1_000 * index, ...reported }));
  }
  const calls = Array.from({ length: 5 * size }, (_, index) => {
    const executionId = runs[index % runs.length];
    return {
      model: models[index % 3] ?? "",
      inputTokens: 111_111 * index,
      ...(executionId !== undefined && { executionId }),
      ...(index % 5 === 0 && { costUsd: 1 }),
    };
  });
  await givenCalls(server, calls);
}

/** Prices in two thirds of all cases, for two of the three models that calls and runs name. */
const arbitraryPrices = fc
  .tuple(
    ...["house-large", "house-small"].map((name) =>
      fc.tuple(fc.constant(name), fc.integer({ min: -5, max: 9 })),
    ),
  )
  .map((rates) => rates.filter(([, rate]) => rate >= 0).map(([name, rate]) => pricedAt(rate, { name })));

const arbitraryModel = fc.constantFrom("house-large", "house-small", "unknown");

const arbitraryHistory = fc.record({
  before: arbitraryPrices,
  now: arbitraryPrices,
  runs: fc.array(
    fc.record(
      {
        llm_model: arbitraryModel,
        llm_tokens_in: fc.integer({ min: 0, max: 2_000_000 }),
        llm_cost_usd: fc.nat(9),
      },
      { requiredKeys: [] },
    ),
    { maxLength: 4 },
  ),
  calls: fc.array(
    fc.record(
      { model: arbitraryModel, run: fc.nat(4), inputTokens: fc.nat(2_000_000), costUsd: fc.nat(9) },
      { requiredKeys: ["model"] },
    ),
    { maxLength: 12 },
  ),
});

test("the reports change by the difference that is said, and a dry run says the same", async () => {
  await always(arbitraryHistory, { runs: 6, seconds: 5 }, async ({ before, now, runs, calls }) => {
    await database.reset();
    const server = await givenServer(before);
    const ids = await Promise.all(runs.map((run) => givenRun(server, run)));
    const sent = calls.map(({ run, ...call }) => ({ ...call, executionId: ids[run ?? ids.length] }));
    if (sent.length > 0) await givenCalls(server, sent);
    const [prices, total] = [await givenPrices(now), await totalOf(server)];

    const foreseen = await repricedBy(prices, { isDryRun: true, batchSize: 3 });
    const { pass, differences } = await repricedBy(prices, { batchSize: 2 });

    expect(await totalOf(server)).toBeCloseTo(total + pass.differenceUsd, 6);
    expect(foreseen.pass.differenceUsd).toBe(pass.differenceUsd);
    expect(foreseen.differences).toEqual(differences);
    expect(await wrongSums()).toEqual([]);
  });
});

describe("of a history of all sorts", () => {
  const before = [pricedAt(3)];
  const now = [pricedAt(1.234567), pricedAt(0.1, { name: "house-small" })];

  test("a dry run foresees everything and writes nothing", async () => {
    const server = await givenServer(before);
    await givenHistory(server, 6);
    const prices = await givenPrices(now);
    const [stored, total] = [await rows(), await totalOf(server)];

    const foreseen = await repricedBy(prices, { isDryRun: true, batchSize: 4 });

    expect(await rows()).toEqual(stored);
    expect(await database.sql("select id from repricings")).toEqual([]);
    const done = await repricedBy(prices, { batchSize: 7 });
    const { id, startedAt, finishedAt, lastSourceKey, lastExecutionId, ...counts } = done.pass;
    expect(foreseen.pass).toMatchObject(counts);
    expect(foreseen.differences).toEqual(done.differences);
    expect(counts).toMatchObject({ callCount: 30, executionCount: 6 });
    expect(await totalOf(server)).toBeCloseTo(total + counts.differenceUsd, 6);
    expect(await wrongSums()).toEqual([]);
  });

  test("a pass that was interrupted goes on where it was", async () => {
    const server = await givenServer(before);
    await givenHistory(server, 4);
    const prices = await givenPrices(now);
    let told = 0;
    const interrupted = repricedBy(prices, {
      batchSize: 6,
      onProgress: () => {
        told += 1;
        if (told === 3) throw new Error("killed");
      },
    });
    await expect(interrupted).rejects.toThrow("killed");
    expect(await database.sql("select call_count, finished_at from repricings")).toEqual([
      { call_count: 12, finished_at: null },
    ]);

    const places: number[] = [];
    const { pass } = await repricedBy(prices, { onProgress: ({ callCount }) => places.push(callCount) });

    expect(places[0]).toBe(12);
    expect(pass).toMatchObject({ callCount: 20, executionCount: 4 });
    expect(await wrongSums()).toEqual([]);
    const again = await repricedBy(prices);
    expect(again.pass).toMatchObject({ callCount: 20, changedCallCount: 0, changedExecutionCount: 0 });
  });

  test("prices of another version start anew, and end what others began", async () => {
    const server = await givenServer(before);
    await givenHistory(server, 4);
    const [first, second] = [await givenPrices(now), await givenPrices([pricedAt(7)])];
    let isSecondDone: Promise<unknown> | undefined;
    const overtaken = repricedBy(first, {
      batchSize: 6,
      onProgress: ({ callCount }) => {
        if (callCount > 0) isSecondDone ??= repricedBy(second);
      },
    });

    await expect(overtaken).rejects.toBeInstanceOf(RepricingSupersededError);
    await isSecondDone;

    const [latest] = await database.sql<{ version: string }>(
      "select distinct price_version as version from llm_calls where model = 'house-large'",
    );
    expect(latest?.version).toBe(second.version);
    const { pass } = await repricedBy(first);
    expect(pass.callCount).toBe(20);
    expect(pass.changedCallCount).toBeGreaterThan(0);
  });

  test("several at once share the work", async () => {
    const server = await givenServer(before);
    await givenHistory(server, 6);
    const prices = await givenPrices(now);
    const total = await totalOf(server);

    const reports = await concurrently(3, () => repricedBy(prices, { batchSize: 2 }));

    const [pass] = reports.map((report) => report.pass);
    expect(reports.map((report) => report.pass)).toEqual([pass, pass, pass]);
    expect(pass).toMatchObject({ callCount: 30, executionCount: 6 });
    expect(await totalOf(server)).toBeCloseTo(total + (pass?.differenceUsd ?? 0), 6);
    expect(await wrongSums()).toEqual([]);
    expect(await database.sql("select count(*) from repricings")).toEqual([{ count: 1 }]);
  });

  test.runIf(onPostgres)("writers go on meanwhile, and the sums are right", async () => {
    const server = await givenServer(now);
    await givenHistory(server, 6);
    const runs = await database.sql<{ id: string }>("select id::text from ws_executions");
    const late = randomUUID();
    const session = { executorSessionId: "session-1" };
    await givenCalls(server, [{ executionId: late }, session, session]);

    const repricing = repricedBy(await givenPrices([pricedAt(5)]), { batchSize: 1 });
    await concurrently(10, async (index) => {
      const executionId = runs[index % runs.length]?.id ?? "";
      await givenCalls(server, [{ executionId }, { executionId: late }, session]);
      if (index === 5) await givenRun(server, { id: late, executor_session_id: "session-1" });
    });
    await repricing;

    expect(await wrongSums()).toEqual([]);
    const [waiting] = await database.sql(
      "select count(*) from llm_calls where ws_execution_id is null and claimed_execution_id = $1",
      [late],
    );
    expect(waiting).toEqual({ count: 0 });
  });
});

test.runIf(onPostgres)("a run is waited for before its calls are held, as everybody does", async () => {
  const server = await givenServer([pricedAt(3)]);
  await givenCalls(server, [{ executionId: await givenRun(server) }]);
  const isWaitedFor = async () => {
    await database.sql("select pg_stat_clear_snapshot()");
    const waiting = await database.sql(
      "select pid from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))",
    );
    expect(waiting).toHaveLength(1);
  };

  await database.sql("begin");
  await database.sql("select id from ws_executions for no key update");
  const repricing = repricedBy(await givenPrices([pricedAt(2)]));
  await vi.waitFor(isWaitedFor, { timeout: 5_000, interval: 20 });
  await database.sql("set local lock_timeout = '100ms'");
  await database.sql("update llm_calls set phase_name = 'verify'");
  await database.sql("commit");

  expect((await repricing).pass).toMatchObject({ changedCallCount: 1, differenceUsd: -1 });
});

describe.runIf(onPostgres)("npm run reprice", () => {
  /** What the command writes, and its exit code. */
  async function run(environment: Readonly<Record<string, string>>, ...parameters: readonly string[]) {
    const child = spawn(process.execPath, ["--import", "tsx", "scripts/reprice.ts", ...parameters], {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      env: { PATH: process.env.PATH, DATABASE_URL: database.url, ...environment },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    const [code] = await once(child, "close");
    return { code, output };
  }

  test("says what it would change, changes it, and says why when it cannot", async () => {
    const server = await givenServer([pricedAt(3)]);
    await givenCalls(server, [{}, { model: "unknown" }]);
    const PRICING_FILE = await givenPricingFile({ models: [pricedAt(2)] });
    const environment = { PRICE_SOURCE: "none", PRICING_FILE };

    const [helped, foreseen, refused] = await Promise.all([
      run({}, "--help"),
      run(environment, "--dry-run"),
      run({ PRICING_FILE: await givenPricingFile({}) }),
    ]);
    const unchanged = await totalOf(server);
    const done = await run(environment);

    expect(helped).toMatchObject({
      code: 0,
      output: expect.stringContaining("npm run reprice -- --dry-run"),
    });
    expect(refused).toMatchObject({ code: 2, output: expect.stringContaining("models: is required") });
    expect(foreseen).toMatchObject({ code: 0, output: expect.stringContaining("nothing was changed") });
    expect(unchanged).toBe(3);
    expect(done.code).toBe(0);
    expect(done.output).toContain("Looked at 2 calls and 0 executions");
    expect(done.output).toContain("Changed: 1 call, of which 0 had no computed cost before; 0 estimates.");
    expect(done.output).toContain("Difference in the cost that counts: -1.00 USD.\n");
    expect(done.output).toContain("The largest changes that this process made:\n  -1.00 USD  house-large");
    expect(await totalOf(server)).toBe(2);
  });
});
