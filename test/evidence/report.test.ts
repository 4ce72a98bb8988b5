import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { after, day, hour } from "../support/clock.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { exchange, restGet } from "../wire/exchange.js";
import { expectRefusal } from "../wire/refusal.js";
import { givenWork } from "./given-work.js";
import { articlesOf, factIn, rowIn, rowsIn, textOf } from "./page.reader.js";

const now = "2026-02-23T12:00:00Z";
const server = await startTestServer({ clock: now });

const ago = (milliseconds: number) => after(now, -milliseconds);

const asked = (query: string) => restGet(`/report.html?${query}`);

async function pageOf(query: string): Promise<string> {
  const { status, text } = await exchange(server.url, asked(query));
  expect(status, text).toBe(200);
  return text;
}

const started = "Runs in the order they started";
const phases = "Phases in their order, and what was reported of each";
const missing = "What is missing, and what it means";

describe("the page", () => {
  beforeEach(() => givenWork(server));

  test("is one document that loads and runs nothing, and only its own style is let in", async () => {
    const { headers, text } = await exchange(server.url, asked("wp_id=WP-17"));

    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(text) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    expect(text).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(text).not.toMatch(/<script|<link|<img|<iframe| style=| src=| on\w+=|https?:|@import|url\(/);
  });

  test("answers the same headers to HEAD", async () => {
    const { status, headers, text } = await exchange(server.url, { ...asked("wp_id=WP-17"), method: "HEAD" });

    expect([status, text]).toEqual([200, ""]);
    expect(headers["content-security-policy"]).toContain("style-src 'sha256-");
  });

  test("says what it is about, as of when, in which time zone", async () => {
    const page = await pageOf(
      "wp_id=WP-17&ws_id=WS-112&from=2026-02-01T00:00:00Z&time_zone=America/New_York",
    );

    expect(page).toContain("<title>Evidence report: Work Statement WS-112 of Work Package WP-17</title>");
    expect(factIn(page, "Selection")).toBe("Work Statement WS-112 of Work Package WP-17");
    expect(factIn(page, "Range")).toBe(
      "runs that started from 2026-01-31 19:00:00 -05:00 on and before 2026-02-23 07:00:00 -05:00",
    );
    expect(factIn(page, "As of")).toBe("2026-02-23 07:00:00 -05:00");
    expect(factIn(page, "Times are in")).toBe("America/New_York");
    expect(factIn(page, "Runs")).toBe("1 run, all told in full");
  });

  test("tells a run phase by phase, with its tests, files, bug fixes and cost", async () => {
    const [article = ""] = articlesOf(await pageOf("wp_id=WP-17"));

    expect(rowsIn(article, phases)).toEqual([
      ["failing_tests", "2026-02-23 10:00:00", "4 min 30 s", "", "pass", "6 tests written", "$0.018660"],
      ["implement", "2026-02-23 10:04:30", "13 min 30 s", "", "pass", "4 files modified", "$0.034200"],
      ["verify", "2026-02-23 10:18:00", "4 min 00 s", "", "fail", "5 passing, 1 failing", "$0.000000"],
      ["implement", "2026-02-23 10:22:00", "4 min 40 s", "", "pass", "unknown", "$0.041100"],
      ["verify", "2026-02-23 10:26:40", "2 min 30 s", "", "pass", "6 passing, 0 failing", "unknown"],
      ["do_no_harm_audit", "2026-02-23 10:29:10", "1 min 50 s", "", "pass", "unknown", "$0.000000"],
      ["In no phase", "–", "–", "–", "–", "–", "$0.000001"],
      ["The run", "–", "32 min 00 s", "–", "–", "–", "$0.093961"],
    ]);
    expect(rowsIn(article, "What the run cost, by who says so")).toEqual([
      ["Its LLM calls", "LLM_LOG", "yes", "$0.093961"],
      ["Its executor", "EXECUTOR_REPORTED", "no", "$0.110000"],
      ["An estimate from its tokens", "PRICED", "no", "unknown"],
      ["The run", "LLM_LOG", "–", "$0.093961"],
      ["Calls less executor", "–", "–", "−$0.016039"],
      ["In no phase", "–", "–", "$0.000001"],
    ]);
    const text = textOf(article);
    expect(text).toContain(
      "5 LLM calls of the run are recorded; the cost of 80% of them is known, that of 1 is not",
    );
    expect(text).toContain("6 tests written; at the end 6 passing, 0 failing and 0 skipped.");
    expect(text).toContain("2 files createdsrc/store/phase.table.ts");
    expect(text).toContain("A repeated event was appended twice");
    expect([factIn(article, "Root cause"), factIn(article, "Fix"), factIn(article, "Test")]).toEqual([
      "An off-by-one",
      "Count",
      "it holds",
    ]);
    expect(factIn(article, "Fixed")).toBe("without a human, recorded 2026-02-23 12:00:00");
    expect(factIn(article, "Passed at the first try")).toBe("no, work was done again");
  });

  test("of a run of which nothing is known it says so, and shows no zero for it", async () => {
    const page = await pageOf("ws_id=WS-115");

    const facts = ["Duration", "Cost", "Model, as reported", "Passed at the first try", "Ended"];
    expect(facts.map((name) => factIn(articlesOf(page)[0] ?? "", name))).toEqual([
      ...["unknown", "unknown", "unknown", "unknown", "not ended"],
    ]);
    expect(rowIn(page, started, "All runs").at(-1)).toBe("unknown");
    expect(rowIn(page, "Cost by its source", "NONE").at(-1)).toBe("unknown");
    expect(factIn(page, "LLM cost")).toMatch(/^unknownknown of 0% of the runs/);
    expect(page).toContain("No phase was reported.");
  });

  test("counts what is missing", async () => {
    await given(server).calls({ startedAt: "2026-02-23T11:00:00Z", costUsd: 0.5 });

    const rows = rowsIn(await pageOf("wp_id=WP-17"), missing);

    expect(Object.fromEntries(rows.map(([what, howMany]) => [what, howMany]))).toEqual({
      "Runs that have not ended": "1",
      "Runs without a known cost": "1",
      "Runs that cost what the executor said": "1",
      "Runs whose executor reported another cost than their calls show": "1",
      "Runs without any phase": "1",
      "Phases without an end": "1",
      "LLM calls of the runs without a known cost": "1",
      "LLM calls of the same time that belong to no known run": "1",
      "Completed runs": "1",
      "Calls of another-model without a known price": "1",
    });
    expect(rows.flat().join(" ")).toContain("They cost $0.500000, which is in no sum.");
  });

  test("explains each figure as the product defines it everywhere", async () => {
    const page = await pageOf("wp_id=WP-17");

    expect(rowIn(page, "Formulas", "Cost per completed run")).toEqual([
      "Cost per completed run",
      "What a completed Work Statement cost, the runs that failed on the way included.",
      "sum of cost of all runs / completed runs",
      "no run is completed, or none has a known cost",
    ]);
  });
});

describe("the selection:", () => {
  const run = (ws_id: string, wp_id: string, daysAgo: number) =>
    given(server)
      .execution({ ws_id, wp_id, started_at: ago(daysAgo * day) })
      .completed();
  beforeEach(async () => {
    await run("WS-1", "WP-1", 1);
    await run("WS-2", "WP-1", 29);
    await run("WS-1", "WP-2", 30);
    await run("WS-3", "WP-1", 31);
  });

  test.each([
    ["", ["WS-1", "WS-2", "WS-1"]],
    ["time_zone=Asia/Tokyo", ["WS-1", "WS-2", "WS-1"]],
    ["wp_id=WP-1", ["WS-3", "WS-2", "WS-1"]],
    ["ws_id=WS-1", ["WS-1", "WS-1"]],
    ["ws_id=WS-1&wp_id=WP-2", ["WS-1"]],
    [`from=${ago(31 * day)}&to=${ago(29 * day)}`, ["WS-3", "WS-1"]],
    [`to=${ago(30 * day)}`, ["WS-3"]],
    [`wp_id=WP-1&from=${ago(2 * day)}`, ["WS-1"]],
  ])("%s", async (query, runs) => {
    const listed = rowsIn(await pageOf(query), started).map(([, wsId]) => wsId);

    expect(listed.slice(0, -1)).toEqual(runs);
  });

  test.each([
    ["wp_id=WP-9", { message: /^Of Work Package WP-9, no run started before 2026-02-23T12:00/ }],
    ["ws_id=WS-1&wp_id=WP-9", { message: /^Of Work Statement WS-1 of Work Package WP-9, no run/ }],
    [
      "from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z",
      {
        message:
          /^Of all Work Statements, no run started from 2020-01-01T00:00:00.000Z on and before 2020-02/,
      },
    ],
  ])("nothing to tell is NOT_FOUND: %s", async (query, refusal) => {
    await expectRefusal(server, "rest", asked(query), { code: "NOT_FOUND", ...refusal });
  });

  test.each([
    ["limit=1", { limit: /is not a parameter here; the parameters are wp_id, ws_id, from, to, time_zone/ }],
    ["wp_id=", { wp_id: /must not be empty/ }],
    [`ws_id=${"a".repeat(257)}`, { ws_id: /at most 256/ }],
    ["from=yesterday", { from: /RFC 3339/ }],
    ["from=2026-03-01T00:00:00Z", { from: /must be before `to`/ }],
    ["time_zone=Mars/Olympus", { time_zone: /name of a time zone/ }],
  ])("what cannot be asked is refused: %s", async (query, errors) => {
    await expectRefusal(server, "rest", asked(query), { code: "BAD_USER_INPUT", errors });
  });
});

describe("text from elsewhere", () => {
  const hostile = [
    `<script>alert("1")</script>`,
    `"><img src=x onerror=alert(1)>`,
    "</style></title><!--",
    "&lt;b&gt; &amp;",
    "שלום عليكم",
    "👩‍👩‍👧‍👦 𝒳",
    "]]> ' ` \\",
  ].join(" ");
  const turned = "safe\u202egpj.exe \u2066a\u0001b\u2028c\u{e0068}";
  const shown = "safeU+202Egpj.exe U+2066aU+0001bU+2028cU+E0068";

  test("stands as text wherever it is shown, and what nobody would see is named", async () => {
    const wsId = `${hostile} ${turned}`.padEnd(256, "x");
    const work = { ws_id: wsId, wp_id: hostile, scope_id: hostile, executor: hostile.slice(0, 60) };
    const run = await given(server)
      .execution({ ...work, llm_model: hostile, started_at: ago(hour) })
      .completed({ file_metrics: { created: [hostile], modified: [turned], deleted: [hostile] } });
    await run.withLlmCall({ model: hostile });
    const texts = { root_cause: turned, test_name: hostile, fix_summary: `one\ntwo\r\n${hostile}` };
    await server.post("/bug-fix", {
      ...{ ws_execution_id: run.id, description: hostile, ...texts, files_modified: [hostile] },
      autonomous: true,
    });

    const page = await pageOf(`wp_id=${encodeURIComponent(hostile)}`);

    expect(page).not.toMatch(/<script|<img|<b>|<!--/);
    expect(page.match(/<\/style>|<\/title>/g)).toHaveLength(2);
    expect(page).not.toContain("\u202e");
    const [article = ""] = articlesOf(page);
    expect(factIn(article, "Work Package")).toBe(hostile);
    expect(factIn(article, "Scope")).toBe(hostile);
    expect(factIn(article, "Model, as reported")).toBe(hostile);
    expect(factIn(article, "Executor")).toBe(work.executor);
    expect(factIn(article, "Root cause")).toBe(shown);
    expect(factIn(article, "Fix")).toBe(`one\ntwo\r\n${hostile}`);
    expect(textOf(article)).toContain(`${hostile} ${shown}`);
    expect(rowsIn(page, "LLM calls of the runs, by model")[0]?.[0]).toBe(hostile);
    expect(page).toContain("<bdi>");
  });

  test("is quoted in a title without being hidden", async () => {
    await given(server).execution({ ws_id: turned }).completed();

    const page = await pageOf(`ws_id=${encodeURIComponent(turned)}`);

    expect(page).toContain("Work Statement safe[U+202E]gpj.exe [U+2066]a[U+0001]b[U+2028]c[U+E0068]</title>");
  });
});
