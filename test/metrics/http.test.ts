import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { exchange, toolCall } from "../wire/exchange.js";
import { seriesOf } from "./exposition.js";
import { growthDuring, scrape } from "./scrape.js";

const server = await startTestServer();

const id = "3f0c0d2e-0000-4000-8000-000000000001";
const start = { id, ws_id: "WS-1", executor: "claude_code" };
const json = { "content-type": "application/json" };

describe("HTTP requests are measured", () => {
  const metric = "http_server_request_duration_seconds_count";

  test("by method, route and status", async () => {
    const grown = await growthDuring(server, metric, async () => {
      await server.post("/ws-execution", start);
      await server.get(`/ws-executions/${id}`);
      await exchange(server.url, { method: "HEAD", path: "/healthz" });
      await server.graphql("{ scoreboard { totalRuns } }");
      await server.fetch("/v1/logs", { method: "POST", headers: json, body: "{}" });
      await exchange(server.url, toolCall("get_metrics"));
    });

    const series = (method: string, route: string, status: number) =>
      `{http_request_method="${method}",http_route="${route}",http_response_status_code="${status}"}`;
    expect(grown).toEqual({
      [series("POST", "/api/v1/metrics/ws-execution", 201)]: 1,
      [series("GET", "/api/v1/metrics/ws-executions/:id", 200)]: 1,
      [series("HEAD", "/healthz", 200)]: 1,
      [series("POST", "/graphql", 200)]: 1,
      [series("POST", "/v1/logs", 200)]: 1,
      [series("POST", "/mcp", 200)]: 1,
      [series("GET", "/metrics", 200)]: 1,
    });
  });

  const active = async () => seriesOf(await scrape(server))["http_server_active_requests{}"];

  test("until they are over: only the scrape itself is under way afterwards", async () => {
    await Promise.all([server.get("/dashboard"), server.fetch("/nope"), server.fetch("/%zz")]);

    expect(await active()).toBe(1);
  });

  test("also when the client hangs up before its answer", async () => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    socket.write("POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n");
    socket.write("Content-Length: 100\r\n\r\n{");
    await expect.poll(() => active()).toBe(2);

    socket.destroy();

    await expect.poll(() => active()).toBe(1);
    const answers = Object.keys(seriesOf(await scrape(server))).filter((series) => series.startsWith(metric));
    expect(answers).toContain(
      `${metric}{http_request_method="POST",http_route="/graphql",http_response_status_code="499"}`,
    );
  });
});
