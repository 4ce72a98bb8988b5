import { expect, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { exchange, restGet } from "./exchange.js";
import { askThrough } from "./questions.js";
import { expectNoInternals } from "./refusal.js";

const server = await startTestServer();

const requestId = { "x-request-id": "find-me" };

/** A database that is there but not what the server expects: nothing a client could have asked wrong. */
async function withBrokenTable(work: () => Promise<void>): Promise<void> {
  await server.sql("alter table ws_executions rename column executor to broken");
  try {
    await work();
  } finally {
    await server.sql("alter table ws_executions rename column broken to executor");
  }
}

test("what nobody foresaw is masked in REST, with the id that finds it in the log", async () => {
  await withBrokenTable(async () => {
    const { status, headers, text } = await exchange(server.url, {
      ...restGet("/ws-executions"),
      headers: requestId,
    });

    expect(status).toBe(500);
    expect(headers["x-request-id"]).toBe("find-me");
    expect(JSON.parse(text)).toEqual({
      type: "about:blank",
      title: "Something went wrong on the server",
      status: 500,
      code: "INTERNAL_SERVER_ERROR",
      detail: expect.stringContaining("request id"),
      request_id: "find-me",
    });
    expectNoInternals(text);
  });
});

test("what nobody foresaw is masked in GraphQL, with the id that finds it in the log", async () => {
  await withBrokenTable(async () => {
    const { headers, text } = await exchange(server.url, {
      ...askThrough("graphql", "list", {}),
      headers: { "content-type": "application/json", ...requestId },
    });

    expect(headers["x-request-id"]).toBe("find-me");
    expect(JSON.parse(text)).toMatchObject({
      errors: [
        {
          message: expect.stringContaining("request id"),
          path: ["executions"],
          extensions: { code: "INTERNAL_SERVER_ERROR" },
        },
      ],
    });
    expectNoInternals(text);
  });
});

test("a run that cannot be stored leaves nothing behind", async () => {
  const run = await given(server).execution().inProgress();
  await server.sql("alter table ws_phases rename column event_id to broken");
  const phase = { event_id: "e-1", name: "verify", started_at: run.started_at };

  try {
    const { status, body } = await server.post("/ws-execution", { id: run.id, llm_calls: 5, phase });

    expect({ status, code: body.code }).toEqual({ status: 500, code: "INTERNAL_SERVER_ERROR" });
    expect(await server.sql("select llm_calls from ws_executions")).toEqual([{ llm_calls: 0 }]);
  } finally {
    await server.sql("alter table ws_phases rename column broken to event_id");
  }
});
