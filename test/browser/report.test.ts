import { describe, expect, test } from "vitest";
import { givenWork } from "../evidence/given-work.js";
import { startBrowser } from "../support/browser/browser.js";
import { expectPicture } from "../support/browser/picture.js";
import { startTestServer } from "../support/server.js";

const server = await startTestServer({ clock: "2026-02-23T12:00:00Z" });
const open = await startBrowser();

type Scheme = "light" | "dark";

const full = "wp_id=WP-17&time_zone=Europe/Berlin";
const empty = "ws_id=WS-115";

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
    const page = await report(full, 673, "dark");

    await page.emulateMedia({ media: "print" });
    await page.locator("#run-1").evaluate((element) => element.scrollIntoView());

    await expectPicture("report-print", await page.screenshot());
  });
});
