import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach } from "vitest";
import { findChromium } from "./chromium.binary.js";

/** A page, and what went wrong on it or was asked of another host than the one it came from. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors of its scripts, what the console calls an error, and what its Content-Security-Policy forbids. */
  readonly faults: readonly string[];
  /** URLs of other hosts, all of which are blocked. */
  readonly foreign: readonly string[];
}

/** A browser for the tests of a file, which runs as a person's would, but reaches no host beside the server. */
export async function startBrowser(): Promise<(options?: BrowserContextOptions) => Promise<WatchedPage>> {
  const browser: Browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"],
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(() => browser.close());
  return async (options) => {
    const context = await browser.newContext(options);
    const faults: string[] = [];
    const foreign: string[] = [];
    await context.route(
      (url) => !["127.0.0.1", "localhost"].includes(url.hostname) && url.protocol.startsWith("http"),
      (route) => {
        foreign.push(route.request().url());
        return route.abort();
      },
    );
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") faults.push(message.text());
    });
    return { page, faults, foreign };
  };
}
