import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { exchange, type Sent } from "./exchange.js";
import { expectRefused } from "./refusal.js";

const server = await startTestServer();
const without = await startTestServer({ env: { EXPLORER: "false" } });

const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
const asking = (accept: string, path = "/graphql", method = "GET"): Sent => ({
  method,
  path,
  headers: { accept },
});
const isPage = async (sent: Sent, url = server.url) =>
  (await exchange(url, sent)).headers["content-type"] === "text/html; charset=utf-8";

/** The files that the page loads. */
async function filesOf(): Promise<readonly string[]> {
  const { text } = await exchange(server.url, asking(browser));
  return [...text.matchAll(/(?:src|href)="(explorer\/[^"]+)"/g)].map(([, file = ""]) => `/${file}`);
}

describe("at the address of GraphQL", () => {
  test.each([
    ["a browser is shown the explorer", asking(browser)],
    ["whoever asks for a page alone, too", asking("text/html")],
    ["and what the page would be, to HEAD", asking(browser, "/graphql", "HEAD")],
    ["with parameters that are no query", asking(browser, "/graphql?utm_source=mail")],
    ["and at its own", asking("*/*", "/explorer")],
  ])("%s", async (_, sent) => {
    expect(await isPage(sent)).toBe(true);
  });

  test.each([
    ["a client that takes anything", asking("*/*")],
    ["a client of GraphQL", asking("application/graphql-response+json, application/json;q=0.9")],
    ["one that takes a page as well", asking("application/json, text/html;q=0.1")],
    ["one that refuses pages", asking("text/html;q=0, */*")],
    ["a query", asking(browser, "/graphql?query=%7B__typename%7D")],
    ["a document by its name", asking(browser, "/graphql?documentId=sha256:0")],
    ["what is posted", { ...asking(browser, "/graphql", "POST"), body: "{}" }],
  ])("%s is answered by GraphQL", async (_, sent) => {
    expect(await isPage(sent)).toBe(false);
  });

  test("nobody is shown it where it is switched off", async () => {
    expect(await isPage(asking(browser), without.url)).toBe(false);
    expectRefused("rest", await exchange(without.url, asking(browser, "/explorer")), { code: "NOT_FOUND" });
  });
});

describe("the page", () => {
  test("may do nothing but run its own scripts and ask this server", async () => {
    const { headers, text } = await exchange(server.url, asking(browser));

    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(headers["content-security-policy"]).toMatch(/connect-src 'self'.*frame-ancestors 'none'$/);
    expect(headers["content-security-policy"]).not.toMatch(/unsafe|https?:/);
    expect(headers).toMatchObject({ "x-frame-options": "DENY", "cache-control": "no-store", vary: "accept" });
    expect(text).not.toMatch(/https?:\/\/|\sstyle=|\son\w+=/);
  });

  test("loads files that are kept for good, packed where that is understood", async () => {
    const files = await filesOf();
    expect(files).toHaveLength(6);

    for (const path of files) {
      const plain = await exchange(server.url, { path });
      const packed = await exchange(server.url, { path, headers: { "accept-encoding": "br, gzip" } });

      expect(packed.headers).toMatchObject({
        "content-encoding": "gzip",
        "content-type": expect.stringMatching(/^text\/(javascript|css); charset=utf-8$/),
        "cache-control": "public, max-age=31536000, immutable",
        vary: "accept-encoding",
      });
      expect(plain.headers["content-encoding"]).toBeUndefined();
      expect(gunzipSync(packed.bytes).equals(plain.bytes)).toBe(true);
    }
  });

  test.each([
    "/explorer/nothing.js",
    "/explorer/index.json",
    "/explorer/%2e%2e%2fmain.js",
    "/explorer/constructor",
  ])("has no %s", async (path) => {
    expectRefused("rest", await exchange(server.url, { path }), { code: "NOT_FOUND" });
  });
});
