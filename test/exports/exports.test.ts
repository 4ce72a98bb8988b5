import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { loadData } from "../../bench/seed/load.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { exchange, type Received, restGet } from "../wire/exchange.js";
import { expectRefused } from "../wire/refusal.js";

const march = "2026-03-01T00:00:00Z";
const server = await startTestServer({ clock: march, env: { MAX_EXPORTED_METRIC_ROWS: "7" } });

type Row = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, unknown>>;

const taken = (path: string): Promise<Received> => exchange(server.url, restGet(path));

/** A table as somebody else's library reads it, which complains about what is no CSV. */
async function table(path: string): Promise<readonly Row[]> {
  const { text, status } = await taken(path);
  expect(status, text).toBe(200);
  const { data, errors } = Papa.parse<Row>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

async function lines(path: string): Promise<readonly Fields[]> {
  const { text, status } = await taken(path);
  expect(status, text).toBe(200);
  return text
    .split("\n")
    .slice(0, -1)
    .map((line): Fields => JSON.parse(line));
}

const question = (asked: unknown) => encodeURIComponent(JSON.stringify(asked));
const sumOf = (rows: readonly Row[], column: string) =>
  Math.round(rows.reduce((sum, row) => sum + Number(row[column]) * 1e6, 0)) / 1e6;

/** Made-up runs with all that belongs to them: more than a page of each. */
const givenMuch = () =>
  loadData(server.database.store, { executions: 1_100, callsDays: 60, seed: 1, until: new Date(march) });

describe("everything there is, page by page:", () => {
  test("rows and sums of each table are those of a metrics query, and each row is there once", async () => {
    await givenMuch();
    const ask =
      "{ runs: metrics(of: EXECUTIONS, measures: [{measure: COUNT}, {measure: COST_USD, aggregate: SUM}, {measure: REWORK_CYCLES, aggregate: SUM}]) { totals } fixes: metrics(of: BUG_FIXES, measures: {measure: COUNT}) { totals } calls: metrics(of: LLM_CALLS, measures: [{measure: COUNT}, {measure: COST_USD, aggregate: SUM}, {measure: OUTPUT_TOKENS, aggregate: SUM}]) { totals } }";

    const runs = await table("/ws-executions.csv");
    const fixes = await table("/bug-fixes.csv");
    const calls = await table("/llm-calls.csv");

    const { data } = (await server.graphql<Record<"runs" | "fixes" | "calls", { totals: number[] }>>(ask))
      .body;
    expect([runs.length, sumOf(runs, "cost_usd"), sumOf(runs, "rework_cycles")]).toEqual(data.runs.totals);
    expect([fixes.length]).toEqual(data.fixes.totals);
    expect([calls.length, sumOf(calls, "cost_usd"), sumOf(calls, "output_tokens")]).toEqual(
      data.calls.totals,
    );
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1_100);
    expect(new Set(calls.map(({ source_key }) => source_key)).size).toBe(calls.length);
    expect(calls.length).toBeGreaterThan(2_000);
    expect(sumOf(runs, "bug_fix_count")).toBe(fixes.length);
    expect(runs.map(({ started_at }) => started_at)).toEqual(
      runs
        .map((run) => run.started_at)
        .sort()
        .reverse(),
    );
  });

  test("each line of JSON is what the list shows of the run", async () => {
    await givenMuch();

    const exported = await lines("/ws-executions.ndjson");
    const listed: Fields[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const after: string = cursor && `&cursor=${cursor}`;
      const { body } = await server.get<{ executions: Fields[]; next_cursor: string | null }>(
        `/ws-executions?limit=500${after}`,
      );
      listed.push(...body.executions);
      cursor = body.next_cursor;
    }

    expect(exported).toEqual(listed);
  });

  test("a metrics query has a column for each bucket, dimension and measure, in its order", async () => {
    await given(server).execution({ executor: "codex" }).completed({ llm_cost_usd: 0.5 });
    await given(server).execution({ executor: "human" }).completed({ seconds: 60 });
    const asked = question({
      of: "executions",
      group_by: ["executor", "wp_id"],
      measures: [{ measure: "count" }, { measure: "cost_usd", aggregate: "max" }],
      time_grain: "day",
      time_zone: "Europe/Berlin",
    });

    const { text } = await taken(`/metrics.csv?question=${asked}`);

    expect(text.split("\r\n")).toEqual([
      "start,end,executor,wp_id,count,cost_usd_max",
      "2026-02-27T23:00:00.000Z,2026-02-28T23:00:00.000Z,codex,WP-1,1,0.5",
      "2026-02-27T23:00:00.000Z,2026-02-28T23:00:00.000Z,human,WP-1,1,",
      "",
    ]);
    expect(await lines(`/metrics.ndjson?question=${asked}`)).toEqual([
      expect.objectContaining({ executor: "codex", wp_id: "WP-1", count: 1, cost_usd_max: 0.5 }),
      expect.objectContaining({ executor: "human", wp_id: "WP-1", count: 1, cost_usd_max: null }),
    ]);
  });
});

describe("what a filter lets through:", () => {
  test.each([
    ["ws-executions", "ws_id=WS-2", 1],
    ["ws-executions", "status=FAILED&status=BLOCKED", 1],
    ["ws-executions", "from=2026-02-28T23:00:00Z", 0],
    ["bug-fixes", "autonomous=false", 1],
    ["bug-fixes", "ws_id=WS-2", 2],
    ["llm-calls", "attributed=false", 1],
    ["llm-calls", "attributed=true&executor=codex", 1],
    ["llm-calls", "priced=false", 1],
    ["llm-calls", "priced=true&model=another", 1],
    ["llm-calls", "source=otlp", 0],
    ["llm-calls", "wp_id=WP-1&from=2026-02-28T00:00:00Z&to=2026-03-01T00:00:00Z", 1],
  ])("%s of %s: %i", async (path, filter, count) => {
    const run = await given(server).execution({ ws_id: "WS-2", executor: "codex" }).failed();
    await run.withBugFix({ autonomous: true });
    await run.withBugFix({ autonomous: false });
    await run.withLlmCall({ costUsd: null });
    await given(server).execution({ ws_id: "WS-1" }).completed();
    await given(server).calls({ model: "another", costUsd: 1 });

    expect(await table(`/${path}.csv?${filter}`)).toHaveLength(count);
    expect(await lines(`/${path}.ndjson?${filter}`)).toHaveLength(count);
  });
});

describe("a table that is opened elsewhere", () => {
  test("gives back every text as it was told, but none that a spreadsheet would run", async () => {
    const texts = ['=HYPERLINK("http://evil.example")', "+1", "-1", "@SUM(1)", "a,b;c\td", 'say "so"'];
    const more = ["line\nline", "line\r\nline", "wide ＝1", "🚀 العربية", " spaces ", "'quoted"];
    for (const description of [...texts, ...more])
      await (await given(server).execution().completed()).withBugFix({ description });

    const told = (await table("/bug-fixes.csv")).map(({ description = "" }) => description);

    expect(told.filter((text) => /^[=+\-@\t\r＝]/.test(text))).toEqual([]);
    const asTold = (text: string) => (/^'[=+\-@]/.test(text) ? text.slice(1) : text);
    expect(told.map(asTold).sort()).toEqual([...texts, ...more].sort());
  });

  test("has negative amounts as numbers", async () => {
    const run = await given(server).execution().completed({ llm_cost_usd: 2 });
    await run.withLlmCall({ costUsd: 0.5 });

    const [row] = await table("/ws-executions.csv");

    expect(row).toMatchObject({ cost_usd: "0.5", llm_cost_usd: "2", difference_usd: "-1.5", wp_id: "WP-1" });
  });

  test("without rows is the line of its columns, and nothing in JSON", async () => {
    const { text, headers } = await taken("/llm-calls.csv");

    expect(text.split("\r\n")).toEqual([expect.stringMatching(/^source_key,source,/), ""]);
    expect(headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": 'attachment; filename="llm-calls.csv"',
      "transfer-encoding": "chunked",
    });
    expect((await taken("/llm-calls.ndjson")).text).toBe("");
  });
});

describe("what is wrong is told before anything is sent:", () => {
  const count = { of: "executions", measures: [{ measure: "count" }] };

  test.each([
    ["/ws-executions.csv?limit=1", { limit: /is not a parameter here; the parameters are wp_id, ws_id/ }],
    ["/ws-executions.csv?status=DONE", { status: /must be one of STARTED/ }],
    ["/bug-fixes.ndjson?autonomous=maybe", { autonomous: /must be true or false/ }],
    ["/llm-calls.csv?from=2026-02-01T00:00:00Z&to=2026-02-01T00:00:00Z", { from: /must be before `to`/ }],
    ["/metrics.csv", { "question.of": /is required/, "question.measures": /is required/ }],
    ["/metrics.csv?question=why", { question: /must be a question in JSON, such as \{"of"/ }],
    [`/metrics.csv?question=${question(count)}&of=executions`, { of: /the parameters are question/ }],
    [
      `/metrics.csv?question=${question({ ...count, groupBy: ["executor"] })}`,
      { "question.groupBy": /is not a field here; the fields are `of`, `group_by`/ },
    ],
    [
      `/metrics.ndjson?question=${question({ ...count, group_by: ["phase"] })}`,
      { "question.group_by.0": /is not known of executions, which are grouped by ws_id, wp_id/ },
    ],
  ])("%s", async (path, errors) => {
    expectRefused("rest", await taken(path), { code: "BAD_USER_INPUT", errors });
  });

  test("a metrics query with more rows than may be exported has to say how many it wants", async () => {
    for (let run = 0; run < 8; run += 1)
      await given(server)
        .execution({ ws_id: `WS-${run}` })
        .completed();
    const asked = { ...count, group_by: ["ws_id"] };

    const refused = await taken(`/metrics.csv?question=${question(asked)}`);

    expectRefused("rest", refused, {
      code: "BAD_USER_INPUT",
      errors: { "question.limit": /is required here, for there are 8 rows, and at most 7/ },
    });
    expect(await table(`/metrics.csv?question=${question({ ...asked, limit: 7 })}`)).toHaveLength(7);
  });
});
