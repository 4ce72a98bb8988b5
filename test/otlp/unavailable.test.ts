import { connect } from "node:net";
import { afterAll, describe, expect, test, vi } from "vitest";
import { startApp } from "../../src/app.js";
import { parseConfig } from "../../src/config.js";
import { onPostgres, openTestDatabase } from "../support/database.js";
import { startProcess } from "../support/process.js";
import { openTcpProxy } from "../support/tcp-proxy.js";
import { expectNoInternals } from "../wire/refusal.js";
import { encodings, exportTo, mediaTypes } from "./exporter.js";
import { statusFrom } from "./protobuf.js";
import { logsOf, nanoseconds, record } from "./requests.js";

async function startBehindProxy() {
  const database = await openTestDatabase();
  const url = database.url ?? "";
  const proxy = await openTcpProxy(url);
  const limits = { CONNECT_TIMEOUT_MS: "1000", REQUEST_TIMEOUT_MS: "1000" };
  const server = await startProcess({ ...limits, DATABASE_URL: proxy.urlThrough(url), LOG_LEVEL: "error" });
  return { database, proxy, server };
}

describe.runIf(onPostgres)("while the database is away", async () => {
  const { database, proxy, server } = onPostgres ? await startBehindProxy() : ({} as never);
  afterAll(async () => {
    expect(await server.kill()).toBe(0); // also after connections were lost inside a transaction
    await proxy.close();
    await database.close();
  });
  const call = {
    "event.name": "api_request",
    request_id: "req_1",
    model: "claude-sonnet-4-5",
    input_tokens: 5,
  };
  const timeUnixNano = nanoseconds(new Date().toISOString());
  const request = logsOf({ scope: "com.anthropic.claude_code.events" }, record(call, { timeUnixNano }));

  test.each(encodings)("telemetry in $encoding is to be sent again, and then counts once", async (manner) => {
    await database.reset();
    await proxy.cut();

    const { status, headers, body } = await exportTo(server, "logs", request, manner);

    expect({ status, body }).toMatchObject({ status: 503, body: { code: 14 } });
    expect(headers.get("retry-after")).toMatch(/^\d+$/);
    expect(headers.get("content-type")).toContain(mediaTypes[manner.encoding]);
    expectNoInternals(JSON.stringify(body));
    await proxy.mend();
    await vi.waitFor(
      async () => expect(await exportTo(server, "logs", request, manner)).toMatchObject({ status: 200 }),
      {
        timeout: 10_000,
      },
    );
    expect(await database.sql("select count(*) as calls from llm_calls")).toEqual([{ calls: 1 }]);
  });
});

test("telemetry that arrives during a shutdown is to be sent again", async () => {
  const database = await openTestDatabase();
  const app = await startApp(parseConfig({ PORT: "0", LOG_LEVEL: "silent" }), { store: database.store });
  const begun = encodings.map(({ encoding }) => {
    const socket = connect(Number(new URL(app.url).port), "127.0.0.1");
    const type = mediaTypes[encoding];
    socket.write(
      `POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: 0\r\n`,
    );
    return { socket, encoding, type };
  });
  await fetch(`${app.url}/healthz`);

  const closed = app.close();
  await vi.waitFor(() => expect(fetch(`${app.url}/healthz`)).rejects.toThrow());

  for (const { socket, encoding, type } of begun) {
    socket.write("\r\n");
    const answer = Buffer.concat(await socket.toArray());
    const end = answer.indexOf("\r\n\r\n");
    const [head, body] = [answer.subarray(0, end).toString().toLowerCase(), answer.subarray(end + 4)];
    expect(head).toMatch(/^http\/1.1 503 /);
    expect(head).toMatch(/\nretry-after: \d/);
    expect(head).toContain(`content-type: ${type}`);
    expect(encoding === "json" ? JSON.parse(body.toString()) : statusFrom(body)).toMatchObject({ code: 14 });
  }
  await closed;
  await database.close();
});
