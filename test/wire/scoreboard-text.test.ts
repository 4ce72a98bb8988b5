import { describe, expect, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { openDesk } from "../support/wsm.js";
import { exchange, restGet } from "./exchange.js";

const server = await startTestServer();

const asked = (accept: string | undefined, path = "/scoreboard", method = "GET") =>
  exchange(server.url, { ...restGet(path), method, headers: accept === undefined ? {} : { accept } });

const text = "text/plain; charset=utf-8";
const json = "application/json; charset=utf-8";
const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

describe("a scoreboard is sent", () => {
  test.each([
    ["as JSON", undefined, json],
    ["as JSON", "*/*", json],
    ["as JSON", browser, json],
    ["as JSON", "application/json, text/plain, */*", json],
    ["as JSON", "text/plain;q=0", json],
    ["as JSON", "text/plain;q=0, */*", json],
    ["as JSON", "text/plain;q=0.4, application/json;q=0.5", json],
    ["as JSON", "text/plain;q=many, */*;q=0.1", json],
    ["as JSON", "image/png", json],
    ["as JSON", "", json],
    ["as text", "text/plain", text],
    ["as text", "Text/Plain; charset=utf-8", text],
    ["as text", "text/*", text],
    ["as text", "text/plain, */*;q=0.1", text],
    ["as text", "application/json;q=0.5,text/plain;q=0.501", text],
    ["as text", "*/*, application/json;q=0", text],
  ])("%s to who accepts %s", async (_, accept, type) => {
    const { status, headers } = await asked(accept);

    expect({ status, type: headers["content-type"] }).toEqual({ status: 200, type });
    expect(headers.vary).toContain("accept");
  });
});

describe("the text of a scoreboard", () => {
  test.each([
    ["/scoreboard", ["scoreboard"]],
    ["/scoreboard?window=90d", ["scoreboard", "--window", "90d"]],
    ["/scoreboard?window=all", ["scoreboard", "--window", "all"]],
    ["/scoreboard?compare=previous", ["scoreboard", "--compare"]],
    ["/scoreboard?window=all&compare=previous", ["scoreboard", "--window", "all", "--compare"]],
  ])("at %s is what wsm draws on a screen of 80 columns", async (path, words) => {
    await given(server).execution().completed({ llm_cost_usd: 1.5 });
    await given(server).execution({ ws_id: "WS-2" }).failed();
    await given(server).execution({ started_at: "2026-02-01T10:00:00Z" }).inProgress();
    const { wsm } = await openDesk(server.url, server.clock.now);

    const drawn = await wsm(words, {}, { columns: 80 });
    const sent = await asked("text/plain", path);

    expect(sent.text).toBe(drawn.out);
    expect(sent.text).toContain("completed  █");
    for (const line of sent.text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("is not sent to HEAD, which is told its type", async () => {
    const { status, text: body, headers } = await asked("text/plain", "/scoreboard", "HEAD");

    expect({ status, body, type: headers["content-type"] }).toEqual({ status: 200, body: "", type: text });
  });

  test("is refused as JSON is", async () => {
    const { status, headers, text: body } = await asked("text/plain", "/scoreboard?window=1y&theme=dark");

    expect({ status, type: headers["content-type"] }).toEqual({
      status: 422,
      type: "application/problem+json; charset=utf-8",
    });
    expect(JSON.parse(body)).toMatchObject({
      errors: [
        { path: "window", message: "must be one of 24h, 7d, 30d, 90d, all" },
        { path: "theme", message: "is not a parameter here; the parameters are window, compare" },
      ],
    });
  });
});
