import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { loadData } from "../../bench/seed/load.js";
import { examples } from "../../src/explorer/examples.js";
import { createKey } from "../../src/services/api-key.service.js";
import { startBrowser } from "../support/browser/browser.js";
import { expectPicture } from "../support/browser/picture.js";
import { minute } from "../support/clock.js";
import { startTestServer } from "../support/server.js";
import { exchange, graphqlPost } from "../wire/exchange.js";

const march = "2026-03-01T00:00:00Z";
const server = await startTestServer({ clock: march });
const open = await startBrowser();

const answer = (page: Page) => page.locator(".result-window .CodeMirror");
const send = (page: Page) => page.locator("button.graphiql-execute-button").click();

/** Opens the explorer as a browser does that was told the address of the API. */
async function openExplorer(
  options: Parameters<typeof open>[0] = { viewport: { width: 1200, height: 760 } },
) {
  const watched = await open(options);
  await watched.page.goto(`${server.url}/graphql`);
  await watched.page.locator(".graphiql-query-editor .CodeMirror").waitFor();
  return watched;
}

/** Writes a query of some name into a tab of its own, which is called so once the query was read. */
async function write(page: Page, name: string, selection: string): Promise<void> {
  await page.getByRole("button", { name: "New tab" }).click();
  await page.locator(".graphiql-query-editor .CodeMirror").click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(`query ${name} ${selection}`);
  await page.getByRole("tab", { name }).waitFor();
}

test("the explorer asks nobody but its own server, and answers what is written into it", async () => {
  await server.post("/ws-execution", { ws_id: "WS-1", executor: "human" });
  const { page, faults, foreign } = await openExplorer();

  await write(page, "Typed", "{ executions { totalCount nodes { wsId } } }");
  await send(page);

  await expect.poll(() => answer(page).innerText()).toMatch(/"totalCount": 1,[\s\S]*"wsId": "WS-1"/);
  expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
});

test("it documents what can be asked, and remembers what was", async () => {
  const { page, faults } = await openExplorer();

  await send(page);
  await expect.poll(() => answer(page).innerText()).toContain('"totalRuns": 0');
  await page.getByRole("button", { name: "Show History" }).click();
  await expect.poll(() => page.locator(".graphiql-history").innerText()).toContain("Welcome");
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await page.locator(".graphiql-doc-explorer").getByText("Query", { exact: true }).click();
  await page.locator(".graphiql-doc-explorer").getByText("scoreboard", { exact: true }).click();

  const documented = page.locator(".graphiql-doc-explorer");
  await expect
    .poll(() => documented.innerText())
    .toMatch(/Figures of a window that ends now[\s\S]*window: Window = LAST_7D/);
  expect(faults).toEqual([]);
});

/** The operations of an example, by their names. */
const namesIn = (query: string) =>
  [...query.matchAll(/^(?:query|mutation) (\w+)/gm)].map(([, name = ""]) => name);

test("every operation of every tab is answered without an error", async () => {
  await loadData(server.database.store, { executions: 60, callsDays: 365, seed: 1, until: new Date(march) });

  for (const { query, variables = "{}" } of examples) {
    for (const operationName of namesIn(query)) {
      const { text } = await exchange(
        server.url,
        graphqlPost({ query, operationName, variables: JSON.parse(variables) }),
      );
      const { data, errors } = JSON.parse(text);
      expect(errors, operationName).toBeUndefined();
      expect(JSON.stringify(data), operationName).not.toMatch(/:null}$/);
    }
  }

  expect(examples.flatMap(({ query }) => namesIn(query))).toEqual(
    expect.arrayContaining(["Welcome", "Catalog", "Start", "Complete"]),
  );
});

test("a tab is there for each example, and of several operations one is picked", async () => {
  const { page } = await openExplorer({ viewport: { width: 1600, height: 900 } });
  const tabs = page.getByRole("tab");
  expect(await tabs.count()).toBe(examples.length);
  const several = examples.findIndex(({ query }) => namesIn(query).length > 1);
  const { query = "" } = examples[several] ?? {};
  const [, second = ""] = namesIn(query);

  await tabs.nth(several).click();
  // GraphiQL reads the operations of a tab a moment after it was opened.
  await expect.poll(() => pickedIn(page, query, second)).toBe(second);
});

/** Sends a query by the button and the menu below it, and tells which operation was asked for. */
async function pickedIn(page: Page, query: string, name: string) {
  const answered = page.waitForResponse((response) => response.request().postDataJSON()?.query === query);
  await send(page);
  await page.getByRole("menuitem", { name, exact: true }).click();
  return (await answered).request().postDataJSON().operationName;
}

describe("where the server asks for a key,", () => {
  const keyed = async () => {
    await exchange(server.url, { path: "/nothing" }); // forgets the keys of the test before, for the clock was set back
    const { key } = await createKey(
      server.database.store.database,
      { name: "a", role: "read" },
      server.clock.now(),
    );
    server.clock.advance(minute);
    return key;
  };

  test("the page opens, and says what is missing and how to get it", async () => {
    await keyed();
    const { page } = await openExplorer();

    await expect
      .poll(() => page.locator("#advice").innerText())
      .toMatch(/asks for a valid key.*npm run keys/);
  });

  test("the key is sent once it is put in, and is kept by this tab of the browser alone", async () => {
    const key = await keyed();
    const { page } = await openExplorer();

    await page.getByRole("textbox", { name: "Key" }).fill(key);
    await page.getByRole("textbox", { name: "Key" }).press("Enter");
    await expect.poll(() => page.locator("#advice").innerText()).toBe("");
    await send(page);

    await expect.poll(() => answer(page).innerText()).toContain('"totalRuns": 0');
    const stored = await page.evaluate("JSON.stringify(localStorage)");
    expect(String(stored)).not.toContain(key);
    await page.reload();
    await send(page);
    await expect.poll(() => answer(page).innerText()).toContain('"totalRuns": 0');
  });
});

test.each([
  ["explorer-light", { colorScheme: "light", viewport: { width: 1200, height: 760 } }],
  ["explorer-dark", { colorScheme: "dark", viewport: { width: 1200, height: 760 } }],
  ["explorer-narrow", { colorScheme: "light", viewport: { width: 420, height: 760 } }],
] as const)("%s looks as it should", async (name, options) => {
  const { page } = await openExplorer(options);
  await send(page);
  await expect.poll(() => answer(page).innerText()).toContain('"totalRuns": 0');
  await page.mouse.move(1, 1);

  await expectPicture(name, await page.screenshot({ animations: "disabled", caret: "hide" }));
});
