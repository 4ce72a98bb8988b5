import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import fastify from "fastify";
import { afterEach, expect, test } from "vitest";
import { MetricsError, unavailable } from "../../src/errors.js";
import type { Perform } from "../../src/operations/perform.js";
import { mountRest } from "../../src/rest/server.js";
import { exchange } from "../wire/exchange.js";

const bugFix = { id: "1", description: "It broke", filesModified: [] };

const apps: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

/** Serves the REST routes over pages that are there, or are not; counts how often one was asked for. */
async function serving(...pages: readonly (() => unknown)[]) {
  const app = fastify();
  const asked: unknown[] = [];
  const perform = (async (_operation: unknown, input: unknown) => {
    asked.push(input);
    return pages[asked.length - 1]?.();
  }) as Perform;
  mountRest(app, { performFor: () => perform, performAnewFor: () => perform, baseUrl: () => "" });
  apps.push(app);
  return { url: await app.listen({ port: 0 }), asked };
}

const page = (next?: string) => () => ({ items: [bugFix], next });
const busy = () => {
  throw unavailable("The server is busy.");
};
const csv = { path: "/bug-fixes.csv" };

test("a page that the server is too busy for is asked for again, from where the one before ended", async () => {
  const { url, asked } = await serving(page("here"), busy, busy, page());

  const { text } = await exchange(url, csv);

  expect(text.match(/It broke/g)).toHaveLength(2);
  expect(asked).toEqual([{}, { after: "here" }, { after: "here" }, { after: "here" }]);
});

test("an export that cannot go on is broken off, and never looks whole", async () => {
  const { url } = await serving(page("here"), () => {
    throw new MetricsError("INTERNAL_SERVER_ERROR", "Something went wrong.");
  });

  await expect(exchange(url, csv)).rejects.toThrow("aborted");
});

test("no page is made for a client that has not read the one before, or has gone away", async () => {
  const endless = () => ({ items: [{ ...bugFix, description: "x".repeat(5_000_000) }], next: "more" });
  const { url, asked } = await serving(...Array.from({ length: 1_000 }, () => endless));
  const client = connect(Number(new URL(url).port), "localhost");
  client.write("GET /bug-fixes.ndjson HTTP/1.1\r\nhost: localhost\r\n\r\n");
  await once(client, "data");
  client.pause();
  await pause(100); // what was under way ends

  const unread = asked.length;
  await pause(200); // in which several would be made
  client.destroy();
  await pause(200);

  expect(unread).toBeLessThan(10);
  expect(asked.length).toBe(unread);
});

test("whoever asks for the headers only is sent no export", async () => {
  const { url, asked } = await serving(page("here"), page());

  const { text, headers } = await exchange(url, { ...csv, method: "HEAD" });

  expect(text).toBe("");
  expect(headers["content-type"]).toContain("text/csv");
  expect(asked).toHaveLength(1);
});
