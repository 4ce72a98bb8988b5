import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { LlmLog, LogColumns } from "../../src/domain/llm-log.js";
import { usualLogColumns } from "../../src/domain/llm-log.js";
import type { PriceBook } from "../../src/domain/price.js";
import { after, hour, noon } from "../support/clock.js";
import { given } from "../support/given.js";
import { copierOf, logIn, type RowFacts, startServerWithLog, type TestLog } from "./log.js";

const { server, log } = await startServerWithLog();

/** Lets a test work with a table of its own. */
async function withTable(
  name: string,
  definition: string,
  use: (table: TestLog) => Promise<void>,
): Promise<void> {
  await server.sql(`create table ${name} ${definition}`);
  await use(logIn(server.sql, name)).finally(() => server.sql(`drop table ${name}`));
}

const likeAdr010 = "(like llm_run including defaults)";

function logCalled(table: string, columns: Partial<LogColumns> = {}): LlmLog {
  return { schema: "public", table, columns: { ...usualLogColumns, ...columns } };
}

const callOf = async (sourceKey: string) =>
  (await server.sql("select * from llm_calls where source_key = $1", [sourceKey]))[0];

describe("the execution of a call", () => {
  test("may be a uuid column", async () => {
    const run = await given(server).execution().inProgress();
    await withTable("uuid_log", likeAdr010, async (table) => {
      await server.sql(
        "alter table uuid_log alter workflow_execution_id type uuid using workflow_execution_id::uuid",
      );
      const id = await table.write({ workflow_execution_id: run.id });
      await table.write({ workflow_execution_id: null });

      await copierOf(server, { log: logCalled("uuid_log") }).copy();

      expect(await callOf(id)).toMatchObject({ claimed_execution_id: run.id, ws_execution_id: run.id });
    });
  });

  test("may be spelled in upper case, or padded", async () => {
    const run = await given(server).execution().inProgress();
    await withTable("char_log", likeAdr010, async (table) => {
      await server.sql("alter table char_log alter workflow_execution_id type char(40)");
      const id = await table.write({ workflow_execution_id: run.id.toUpperCase() });

      await copierOf(server, { log: logCalled("char_log") }).copy();

      expect(await callOf(id)).toMatchObject({ ws_execution_id: run.id });
    });
  });

  for (const said of ["none", "", "550e8400-e29b-41d4-a716-44665544000", " "]) {
    test(`is unknown when the log says '${said}'`, async () => {
      const id = await log.write({ workflow_execution_id: said });

      await copierOf(server).copy();

      expect(await callOf(id)).toMatchObject({ claimed_execution_id: null, ws_execution_id: null });
    });
  }
});

describe("the id of a row", () => {
  test("that is no UUID names a call of this log alone", async () => {
    await withTable("numbered_log", likeAdr010, async (table) => {
      await server.sql("alter table numbered_log alter id drop default, alter id type bigint using 1");
      await table.write({ id: 7 });
      await table.write({ id: 10 });
      const copier = copierOf(server, { log: logCalled("numbered_log") });
      await copier.copy();
      await table.change("7", { cost_usd: 3 });
      await copier.copy();

      expect(
        await server.sql("select source_key, cost_usd::text from llm_calls order by source_key"),
      ).toEqual([
        { source_key: "llm_log:10", cost_usd: "0.250000" },
        { source_key: "llm_log:7", cost_usd: "3.000000" },
      ]);
    });
  });

  test("has to be there, and is cut to the length of a key", async () => {
    await withTable("keyless_log", likeAdr010, async (table) => {
      await server.sql(
        "alter table keyless_log alter id drop default, alter id type text, alter id drop not null",
      );
      await table.write({ id: null });
      await table.write({ id: randomBytes(3_000).toString("hex") });
      await table.write({ id: "a-row" });

      await copierOf(server, { log: logCalled("keyless_log") }).copy();

      expect(await server.sql("select length(source_key) as length from llm_calls order by length")).toEqual([
        { length: "llm_log:a-row".length },
        { length: "llm_log:".length + 256 },
      ]);
    });
  });
});

test("columns may be called anything, and tell more", async () => {
  const run = await given(server).execution().inProgress();
  const definition = `(
    "Key" uuid, "run id" varchar(36), kind text, vendor text, "MODEL" text, "when" timestamptz, "in" bigint,
    "out" smallint, cached integer, written integer, "written, for an hour" integer, usd double precision,
    stage text, session text)`;
  const columns = {
    ...{ id: "Key", execution_id: "run id", document_type: "kind", provider: "vendor", model: "MODEL" },
    ...{ started_at: "when", input_tokens: "in", output_tokens: "out", cost_usd: "usd", phase: "stage" },
    ...{ cache_read_tokens: "cached", cache_write_5m_tokens: "written", session: "session" },
    cache_write_1h_tokens: "written, for an hour",
  };
  await withTable('"Odd ""log"""', definition, async () => {
    const id = randomUUID();
    await server.sql(
      `insert into "Odd ""log""" values ($1::text::uuid, $2, 'plan', 'a-vendor', 'a-model', $3::text::timestamptz, 1, 2, 3, 4, 5, 0.1, 'Verify', 'a-session')`,
      [id, run.id, noon],
    );

    await copierOf(server, { log: { schema: "public", table: 'Odd "log"', columns } }).copy();

    expect(await callOf(id)).toMatchObject({
      ...{ ws_execution_id: run.id, document_type: "plan", provider: "a-vendor", model: "a-model" },
      ...{ input_tokens: 1, output_tokens: 2, cache_read_tokens: 3, cache_write_5m_tokens: 4 },
      ...{ cache_write_1h_tokens: 5, reported_cost_usd: "0.100000", phase_name: "verify" },
      executor_session_id: "a-session",
    });
  });
});

test("the log may be a view of several tables", async () => {
  await server.sql(
    "create view all_runs as select * from llm_run union all select * from llm_run where false",
  );
  const id = await log.write({ cost_usd: 5 });

  await copierOf(server, { log: logCalled("all_runs") }).copy();

  expect(await callOf(id)).toMatchObject({ cost_usd: "5.000000" });
  await server.sql("drop view all_runs");
});

/** A thousandth of `usd` per input token. */
const pricesAt = (usd: number): PriceBook => ({
  version: `at-${usd}`,
  costOf: ({ inputTokens = 0 }) => ({
    computedCostUsd: (inputTokens * usd) / 1000,
    priceVersion: `at-${usd}`,
  }),
});

test("a row that changes in what no price depends on keeps the price it was copied with", async () => {
  const id = await log.write({ cost_usd: null, input_tokens: 250 });
  const before = copierOf(server, { prices: pricesAt(1) });
  await before.copy();
  await before.giveTurnBack();

  await log.change(id, { artifact_type: "design", status: "SUCCESS" });
  await copierOf(server, { prices: pricesAt(50) }).copy();

  const kept = { computed_cost_usd: "0.250000", price_version: "at-1" };
  expect(await callOf(id)).toMatchObject({ document_type: "design", ...kept });
});

test("a row whose tokens change is priced anew", async () => {
  const id = await log.write({ cost_usd: null, input_tokens: null, output_tokens: null });
  const before = copierOf(server, { prices: pricesAt(1) });
  await before.copy();
  await before.giveTurnBack();

  await log.change(id, { input_tokens: 100 });
  await copierOf(server, { prices: pricesAt(50) }).copy();

  expect(await callOf(id)).toMatchObject({ computed_cost_usd: "5.000000", price_version: "at-50" });
});

test("a call whose cost the log does not know is priced by its tokens", async () => {
  const prices = pricesAt(1);
  const id = await log.write({ cost_usd: null, input_tokens: 250 });

  await copierOf(server, { prices }).copy();

  expect(await callOf(id)).toMatchObject({
    ...{ reported_cost_usd: null, computed_cost_usd: "0.250000", price_version: "at-1" },
  });
});

describe("what no caller could report", () => {
  const wide = `
    alter table wide_log alter cost_usd type numeric, alter input_tokens type numeric, alter output_tokens type bigint,
      alter model_name drop not null, alter model_provider drop not null, alter started_at drop not null`;
  const long = "é".repeat(300);
  const stored: readonly (readonly [string, RowFacts, RowFacts])[] = [
    ["a negative cost", { cost_usd: -0.5 }, { cost_usd: null }],
    ["a cost above the limit", { cost_usd: 1_000_000 }, { cost_usd: null }],
    ["a cost that rounds up to the limit", { cost_usd: "999999.9999999" }, { cost_usd: null }],
    ["a cost that is no number", { cost_usd: "NaN" }, { cost_usd: null }],
    ["an infinite cost", { cost_usd: "Infinity" }, { cost_usd: null }],
    ["more decimals than money has", { cost_usd: "0.12345678" }, { cost_usd: "0.123457" }],
    ["a negative count", { input_tokens: -1 }, { input_tokens: null }],
    ["half a token", { input_tokens: 1.5 }, { input_tokens: null }],
    ["too many tokens", { output_tokens: 2_147_483_648 }, { output_tokens: null }],
    ["no model", { model_name: null }, { model: "unknown" }],
    ["an empty model", { model_name: "" }, { model: "unknown" }],
    ["an empty document type", { artifact_type: "" }, { document_type: null }],
    ["a text that is too long", { artifact_type: long }, { document_type: long.slice(0, 256) }],
    ["odd characters", { artifact_type: "a\n\u0001 \u2028😀" }, { document_type: "a\n\u0001 \u2028😀" }],
  ];
  const skipped: readonly (readonly [string, string | null])[] = [
    ["no start", null],
    ["a start before the year 2000", "1999-12-31T23:59:59.999Z"],
    ["a start at infinity", "infinity"],
    ["a start at minus infinity", "-infinity"],
    ["a start after the year 9999", "20000-01-01T00:00:00Z"],
  ];

  test.each(stored)("%s is stored as far as it can be", async (_, facts, expected) => {
    await withTable("wide_log", likeAdr010, async (table) => {
      await server.sql(wide);
      const id = await table.write(facts);
      const next = await table.write();

      await copierOf(server, { log: logCalled("wide_log") }).copy();

      expect(await callOf(id)).toMatchObject(expected);
      expect(await callOf(next)).toMatchObject({ cost_usd: "0.250000" });
    });
  });

  test.each(skipped)("a row with %s is no call", async (_, started_at) => {
    await withTable("wide_log", likeAdr010, async (table) => {
      await server.sql(wide);
      await table.write({ started_at });
      const next = await table.write();

      await copierOf(server, { log: logCalled("wide_log") }).copy();

      expect(await server.sql("select source_key from llm_calls")).toEqual([{ source_key: next }]);
    });
  });

  test("a start is kept to the millisecond, and one in the future as it is", async () => {
    const inSixWeeks = after(noon, 1_000 * hour);
    const precise = await log.write({ started_at: "2026-02-23T11:00:00.123999Z" });
    const future = await log.write({ started_at: inSixWeeks });

    await copierOf(server).copy();

    expect(await callOf(precise)).toMatchObject({ started_at: new Date("2026-02-23T11:00:00.123Z") });
    expect(await callOf(future)).toMatchObject({ started_at: new Date(inSixWeeks) });
  });
});
