import { describe, expect, test } from "vitest";
import { loadData } from "../../bench/seed/load.js";
import { givenWork } from "../evidence/given-work.js";
import { startBrowser } from "../support/browser/browser.js";
import { expectPicture } from "../support/browser/picture.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";

const now = "2026-02-23T12:00:00Z";
const server = await startTestServer({ clock: now });
const open = await startBrowser();

type Scheme = "light" | "dark";

const full = "wp_id=WP-17&time_zone=Europe/Berlin";
const empty = "ws_id=WS-115";

/** The width of A4 between its margins, in pixels. */
const printed = 673;

/** The report in a browser, of which whatever the page must not do is a failure. */
async function report(query: string, width: number, colorScheme: Scheme = "light") {
  await givenWork(server);
  const watched = await open({ viewport: { width, height: 1_300 }, colorScheme });
  const response = await watched.page.goto(`${server.url}/api/v1/metrics/report.html?${query}`);
  expect(response?.status()).toBe(200);
  expect(watched.faults).toEqual([]);
  expect(watched.foreign).toEqual([]);
  return watched.page;
}

const hostile = `<script>alert(1)</script> "><img src=x onerror=alert(1)> </style><b>עברית 👩‍👩‍👧‍👦`;

/** A run whose every text would do harm if it were let, or is longer than a screen is wide. */
async function givenHostile(): Promise<void> {
  const texts = { wp_id: hostile, ws_id: `${hostile}\u202egpj`, executor: "x".repeat(64) };
  const run = await given(server)
    .execution({ ...texts, scope_id: "y".repeat(256), llm_model: "z".repeat(256) })
    .completed({ file_metrics: { created: [hostile, "long/".repeat(100)] } });
  await run.withLlmCall({ model: "m".repeat(256), costUsd: 999_999.999999 });
  await run.withBugFix({ description: `${hostile}${"long".repeat(100)}` });
  await given(server)
    .execution({ ws_id: "w".repeat(256) })
    .completed();
}

/** How much lighter one colour is than another (WCAG 2.2, contrast ratio). */
function contrast(one: readonly number[], other: readonly number[]): number {
  const [light = 0, dark = 0] = [one, other].map(luminanceOf).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(color: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe("the report looks as it did:", () => {
  test.each([
    ["report-top-light", full, 1_000, "light", "header, #summary"],
    ["report-top-dark-narrow", full, 400, "dark", "header"],
    ["report-run-dark", full, 1_000, "dark", "#run-1"],
    ["report-run-light-narrow", full, 400, "light", "#run-1"],
    ["report-nothing-known", empty, 1_000, "light", "#gaps"],
    ["report-methods-dark-narrow", empty, 400, "dark", "#methods"],
  ] as const)("%s", async (name, query, width, scheme, place) => {
    const page = await report(query, width, scheme);

    await page
      .locator(place)
      .first()
      .evaluate((element) => element.scrollIntoView());

    await expectPicture(name, await page.screenshot());
  });

  test("report-print", async () => {
    const page = await report(full, printed, "dark");

    await page.emulateMedia({ media: "print" });
    await page.locator("#run-1").evaluate((element) => element.scrollIntoView());

    await expectPicture("report-print", await page.screenshot());
  });
});

describe("the page", () => {
  test.each(["light", "dark"] as const)("is legible: %s", async (scheme) => {
    const page = await report(full, 1_000, scheme);

    const [pairs, isDark] = await page.evaluate(() => {
      const numbers = (color: string) => (color.match(/\d+/g) ?? []).slice(0, 3).map(Number);
      const paper = numbers(getComputedStyle(document.documentElement).backgroundColor);
      const inks = [...document.querySelectorAll("main *")].map((one) => getComputedStyle(one).color);
      return [[...new Set(inks)].map((ink) => [numbers(ink), paper]), Math.max(...paper) < 60];
    });

    expect(isDark).toBe(scheme === "dark");
    expect(pairs.length).toBeGreaterThan(2);
    for (const [ink = [], paper = []] of pairs) expect(contrast(ink, paper)).toBeGreaterThan(4.5);
  });

  test.each([360, 400, 1_000])(
    "has its tables scroll in their boxes, and never scrolls itself: %i pixels",
    async (width) => {
      await givenHostile();
      const page = await report("", width);

      const size = await page.evaluate(() => ({
        page: document.documentElement.scrollWidth,
        widest: Math.max(...[...document.querySelectorAll("table")].map((table) => table.scrollWidth)),
      }));

      expect(size.page).toBe(width);
      if (width < 500) expect(size.widest).toBeGreaterThan(width);
    },
  );

  test("fits on paper as wide as A4 less its margins", async () => {
    await givenHostile();
    const page = await report("time_zone=Asia/Kathmandu", printed);

    await page.emulateMedia({ media: "print" });

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(printed);
  });

  test("shows hostile text as text", async () => {
    await givenHostile();
    const page = await report(`wp_id=${encodeURIComponent(hostile)}`, 1_000);

    const found = await page.evaluate(() => ({
      elements: document.querySelectorAll("script, img, b, [style], [onerror]").length,
      headings: [...document.querySelectorAll("h1, h3")].map((heading) => heading.textContent),
      styles: document.styleSheets.length,
    }));

    expect(found).toEqual({
      elements: 0,
      headings: [`Work Package ${hostile}`, `Run 1: ${hostile}U+202Egpj`],
      styles: 1,
    });
  });

  test("has headings in order, a caption and headers on each table, and names for what can be focused", async () => {
    const page = await report(full, 1_000);

    const found = await page.evaluate(() => ({
      levels: [...document.querySelectorAll("h1, h2, h3, h4")].map(({ tagName }) => Number(tagName[1])),
      bare: [...document.querySelectorAll("table")].filter(
        (table) => !table.caption || table.querySelector("th:not([scope])") || !table.querySelector("thead"),
      ).length,
      nameless: document.querySelectorAll("[tabindex]:not([aria-label])").length,
      lost: [...document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')].filter(
        ({ hash }) => document.getElementById(hash.slice(1)) === null,
      ).length,
    }));

    expect(found).toMatchObject({ bare: 0, nameless: 0, lost: 0 });
    expect(found.levels[0]).toBe(1);
    for (const [index, level] of found.levels.entries())
      expect(level - (found.levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  test("is printed on light paper with everything unfolded", async () => {
    const page = await report(full, 1_000, "dark");
    const file = page.getByText("src/store/phase.table.ts");
    expect(await file.isVisible()).toBe(false);

    await page.emulateMedia({ media: "print" });

    expect(await file.isVisible()).toBe(true);
    const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(paper).toBe("rgb(255, 255, 255)");
  });

  test.each(["A4", "Letter"])(
    "makes pages of %s on which no heading stands alone at the foot",
    async (format) => {
      await loadData(server.database.store, { executions: 40, callsDays: 20, seed: 1, until: new Date(now) });
      const page = await report("from=2020-01-01T00:00:00Z", 1_000);

      const pdf = (await page.pdf({ format, outline: true, tagged: true })).toString("latin1");

      const places = headingsOf(pdf);
      expect(pagesOf(pdf)).toBeGreaterThan(10);
      expect(places.length).toBeGreaterThan(100);
      expect(Math.min(...places)).toBeGreaterThan(footer + 30);
    },
  );
});

/** The margin at the foot of a page, in points. */
const footer = (20 / 25.4) * 72;

const pagesOf = (pdf: string) => pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;

/** How far above the foot of its page each heading of the outline stands, in points. */
const headingsOf = (pdf: string): readonly number[] =>
  [...pdf.matchAll(/\/Title.*?\/Dest\s*\[[^\]]*\/XYZ\s+[\d.]+\s+([\d.]+)/gs)].map(([, y]) => Number(y));
