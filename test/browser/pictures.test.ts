import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadData } from "../../bench/seed/load.js";
import { startBrowser } from "../support/browser/browser.js";
import { expectPicture } from "../support/browser/picture.js";
import { startTestServer } from "../support/server.js";
import { exchange, type Received, restGet } from "../wire/exchange.js";
import { extremePictures } from "./extreme.pictures.js";

const until = "2026-03-01T00:00:00Z";
const server = await startTestServer({ clock: until, env: { REQUEST_TIMEOUT_MS: "60000" } });
const openPage = await startBrowser();

const themes = ["light", "dark", "auto"] as const;
const reports = ["scoreboard.svg?window=30d", "dashboard.svg?from=2026-01-01T00:00:00Z&interval=week"];

const drawn = (report: string) => exchange(server.url, restGet(`/${report}`));

/** Every picture of what the database holds, by report and theme. */
async function allDrawn(): Promise<ReadonlyMap<string, Received>> {
  const found = new Map<string, Received>();
  for (const report of reports)
    for (const theme of themes) found.set(`${report} ${theme}`, await drawn(`${report}&theme=${theme}`));
  return found;
}

const empty = await allDrawn();
await loadData(server.database.store, {
  ...{ executions: 2_000, callsDays: 365, seed: 1 },
  until: new Date(until),
});
const full = await allDrawn();

interface Look {
  readonly colorScheme?: "light" | "dark";
  readonly width?: number;
}

/** What stands in a page that shows a picture as an image, as a README does. */
async function looked(picture: Received | undefined, { colorScheme = "light", width = 900 }: Look = {}) {
  const { page, faults, foreign } = await openPage({ colorScheme, viewport: { width, height: 640 } });
  const address = `${server.url}/picture.svg`;
  await page.route(address, (route) =>
    route.fulfill({
      body: picture?.text ?? "",
      headers: {
        "content-type": String(picture?.headers["content-type"]),
        "content-security-policy": String(picture?.headers["content-security-policy"]),
      },
    }),
  );
  await page.route(`${server.url}/readme`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><style>body{margin:0}img{display:block;width:100%}</style><img src="${address}">`,
    }),
  );
  await page.goto(`${server.url}/readme`);
  const screenshot = await page.locator("img").screenshot();
  await page.context().close();
  expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
  return screenshot;
}

const [scoreboard = "", dashboard = ""] = reports;

describe("a picture looks as it did", () => {
  test.each([
    ["picture-scoreboard-light", full, `${scoreboard} light`, 900],
    ["picture-scoreboard-dark-narrow", full, `${scoreboard} dark`, 400],
    ["picture-scoreboard-empty-narrow", empty, `${scoreboard} light`, 400],
    ["picture-dashboard-light", full, `${dashboard} light`, 900],
    ["picture-dashboard-dark-narrow", full, `${dashboard} dark`, 400],
    ["picture-dashboard-empty-dark", empty, `${dashboard} dark`, 900],
  ])("%s", async (name, pictures, key, width) => {
    await expectPicture(name, await looked(pictures.get(key), { width }));
  });
});

describe.each(reports)("%s that nobody chose a theme for", (report) => {
  test.each(["light", "dark"] as const)("looks as its viewer prefers: %s", async (colorScheme) => {
    const [auto, chosen, other] = [
      await looked(full.get(`${report} auto`), { colorScheme, width: 400 }),
      await looked(full.get(`${report} ${colorScheme}`), { width: 400 }),
      await looked(full.get(`${report} ${colorScheme === "dark" ? "light" : "dark"}`), { width: 400 }),
    ];

    expect(auto.equals(chosen)).toBe(true);
    expect(auto.equals(other)).toBe(false);
  });
});

/** A text of a picture, and where it stands. */
interface Placed {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Those that are cut off, and those that stand on another one. */
function misplaced(texts: readonly Placed[], { width, height }: { width: number; height: number }) {
  const isOutside = ({ left, right, top, bottom }: Placed) =>
    left < 0 || top < 0 || right > width || bottom > height;
  const overlap = (a: Placed, b: Placed) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return [
    ...texts.filter(isOutside).map(({ text }) => `${text} is cut off`),
    ...texts.flatMap((one, index) =>
      texts
        .slice(index + 1)
        .filter((other) => overlap(one, other))
        .map((other) => `${one.text} stands on ${other.text}`),
    ),
  ];
}

const extremes = await extremePictures();
const all: readonly (readonly [string, string])[] = [
  ...[...full].map(([name, { text }]) => [name, text] as const),
  ...[...empty].map(([name, { text }]) => [`${name}, empty`, text] as const),
  ...Object.entries(extremes),
];

test("every picture is an XML document whose texts are in full and beside each other", async () => {
  const { page, faults, foreign } = await openPage();

  for (const [name, svg] of all) {
    const seen = await page.evaluate((source) => {
      const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
      document.body.replaceChildren(document.adoptNode(parsed.documentElement));
      const root = document.body.firstElementChild;
      const { left: x = 0, top: y = 0, width = 0, height = 0 } = root?.getBoundingClientRect() ?? {};
      const texts = Array.from(document.querySelectorAll("text"), (element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const place = { left: left - x, right: right - x, top: top - y, bottom: bottom - y };
        return { text: element.textContent, ...place };
      });
      return {
        root: root?.nodeName,
        errors: document.querySelectorAll("parsererror").length,
        active: document.querySelectorAll("script, foreignObject, image, use, a, [href]").length,
        texts: texts.filter(({ text }) => text !== ""),
        size: { width, height },
      };
    }, svg);

    expect({ name, ...seen }).toMatchObject({ name, root: "svg", errors: 0, active: 0 });
    expect(seen.texts.length, name).toBeGreaterThan(15);
    expect({ name, misplaced: misplaced(seen.texts, seen.size) }).toEqual({ name, misplaced: [] });
  }
  expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
});

test("a text that is cut off or stands on another would be noticed", () => {
  const at = (text: string, left: number) => ({ text, left, right: left + 10, top: 0, bottom: 10 });

  expect(misplaced([at("a", 0), at("b", 5), at("c", 95)], { width: 100, height: 10 })).toEqual([
    "c is cut off",
    "a stands on b",
  ]);
});

test("a picture that is opened by itself has its style, and breaks no rule of its policy", async () => {
  const { page, faults, foreign } = await openPage({ colorScheme: "dark" });

  await page.goto(`${server.url}/api/v1/metrics/scoreboard.svg`);
  const title = page.locator("svg > text").first();

  expect(await title.textContent()).toBe("Scoreboard");
  expect(await title.evaluate((text) => getComputedStyle(text).fontSize)).toBe("24px");
  expect(await title.evaluate((text) => getComputedStyle(text).fill)).toBe("rgb(240, 246, 252)");
  expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
});

// `npx vitest run test/browser/pictures.test.ts --update` draws them anew.
test.each(["light", "dark"])("the README shows a scoreboard as it is drawn: %s", async (theme) => {
  const path = new URL(`../../docs/images/scoreboard-${theme}.svg`, import.meta.url);
  await expect(full.get(`${scoreboard} ${theme}`)?.text).toMatchFileSnapshot(fileURLToPath(path));

  expect(await readFile(new URL("../../README.md", import.meta.url), "utf8")).toContain(
    `docs/images/scoreboard-${theme}.svg`,
  );
});
