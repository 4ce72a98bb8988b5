import { describe, expect, test } from "vitest";
import { hour, minute } from "../support/clock.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { exchange, restGet } from "./exchange.js";

const server = await startTestServer();
const id = "3f0c0d2e-0000-4000-8000-000000000001";

/** The answer to a client that kept one with these validators. */
const asked = (path: string, ifNoneMatch?: string) =>
  exchange(server.url, { ...restGet(path), headers: ifNoneMatch ? { "if-none-match": ifNoneMatch } : {} });

const tagOf = async (path: string) => String((await asked(path)).headers.etag);

const reads = [
  "/ws-executions",
  `/ws-executions/${id}`,
  "/dashboard",
  "/dashboard?compare=previous&interval=month&time_zone=Asia/Kathmandu",
  "/dashboard?from=2026-02-01T00:00:00Z",
  "/cost-summary",
  "/scoreboard?window=7d",
  "/scoreboard?window=all&compare=previous",
];

describe.each(reads)("%s", (path) => {
  test("is not sent again while it says the same, and is when it says something else", async () => {
    await given(server).execution({ id }).completed({ llm_cost_usd: 1 });
    const tag = await tagOf(path);
    server.clock.advance(minute);

    const known = await asked(path, `"another", ${tag}`);
    await given(server).execution({ ws_id: "WS-2" }).completed({ llm_cost_usd: 2 });
    await given(server).execution({ id }).completed({ llm_cost_usd: 3 });
    const changed = await asked(path, tag);

    expect(known).toMatchObject({ status: 304, text: "" });
    expect(known.headers).toMatchObject({
      etag: tag,
      "cache-control": "private, no-cache",
      vary: "accept, authorization",
    });
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).toMatch(/^W\/"[\w-]{22}"$/);
    expect(changed.headers.etag).not.toBe(tag);
    expect(JSON.parse(changed.text)).toBeInstanceOf(Object);
  });
});

describe("a validator", () => {
  test("tells ranges apart that the request names, though nothing happened in either", async () => {
    const from = "/dashboard?from=2026-01-01T00:00:00Z";

    expect(await tagOf(`${from}&to=2026-01-02T00:00:00Z`)).not.toBe(
      await tagOf(`${from}&to=2026-01-03T00:00:00Z`),
    );
    expect(await tagOf("/scoreboard?window=7d")).not.toBe(await tagOf("/scoreboard?window=30d"));
  });

  test("changes when time alone moves a run out of the window", async () => {
    await given(server).execution().completed();
    const tag = await tagOf("/scoreboard?window=24h");

    server.clock.advance(24 * hour);

    expect((await asked("/scoreboard?window=24h", tag)).status).toBe(200);
  });

  test.each(["*", ' "x" , W/"y", *tag*', "*bare*"])("is known by the header %s", async (header) => {
    const tag = await tagOf("/scoreboard");

    const sent = header.replace("*tag*", tag).replace("*bare*", tag.replace("W/", ""));

    expect((await asked("/scoreboard", sent)).status).toBe(304);
  });

  test.each(["", '"', "W/", '"x"', "nonsense", "W/*"])("is not known by the header %j", async (header) => {
    expect((await asked("/scoreboard", header)).status).toBe(200);
  });

  test("stands on no error, and on nothing that was written", async () => {
    const refused = await asked("/scoreboard?window=1d", "*");
    const written = await server.post("/ws-execution", { ws_id: "WS-1", executor: "human" });

    expect(refused.status).toBe(422);
    expect([refused.headers.etag, written.headers.get("etag") ?? undefined]).toEqual([undefined, undefined]);
    expect(refused.headers["cache-control"]).toBe("no-store");
  });
});
