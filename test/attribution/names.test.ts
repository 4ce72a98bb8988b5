import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { recordEvents, recordLlmCalls, startExecution } from "../client/documents.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { at, callAt, first, runsOfCalls, second } from "./scene.js";

const server = await startTestServer();

/** Sessions that somebody could take for one another, for something else, or for code. */
const sessions = [
  ...["s", "S", "s ", " s", "s\t", "s\n", "\u017f", "s\u200b", "s\ufeff"],
  ...["\u00e9", "e\u0301", "\u212b", "\u00c5", "A\u030a", "\u00df", "ss", "\u0130", "i", "\u0131"],
  ...["日本", "👩‍👩‍👧", "\u{10ffff}", "\uffff", "\u0001"],
  ...["null", "undefined", "__proto__", "constructor", "{}", "[]", '""', "'", '"', "\\", "\\u0000"],
  ...["%", "_", "$1", "'; drop table llm_calls; --", "session:", "session:s", "session:session:s"],
  ...[first, second, `session:${first}`, `session:${second}`, `{${first}}`],
  ...["x".repeat(256), "x".repeat(255), "👩".repeat(256), `${"👩".repeat(255)}!`],
];

test("every session is itself and no other, whatever its name looks like", async () => {
  expect(new Set(sessions).size).toBe(sessions.length);
  const runs = sessions.map((session, place) => ({
    ...{ id: `00000000-0000-4000-8000-${String(place + 1).padStart(12, "0")}`, wsId: "WS-1" },
    ...{ executor: "claude_code", executorSessionId: session, startedAt: at(place) },
  }));
  const calls = sessions.flatMap((executorSessionId, place) =>
    ["early", "late"].map((when) => ({ ...callAt(at(place + 1000), `${when} ${place}`), executorSessionId })),
  );

  await given(server).calls(...calls.filter((_, index) => index % 2 === 0));
  const through = (door: number) => runs.filter((_, place) => place % 3 === door);
  await server.graphql(recordEvents, { events: through(0).map((startExecution) => ({ startExecution })) });
  for (const input of through(1)) await server.graphql(startExecution, { input });
  for (const {
    wsId: ws_id,
    executorSessionId: executor_session_id,
    startedAt: started_at,
    ...run
  } of through(2)) {
    await server.post("/ws-execution", { ...run, ws_id, executor_session_id, started_at });
  }
  await given(server).calls(...calls.filter((_, index) => index % 2 === 1));

  expect(await runsOfCalls(server)).toEqual(
    Object.fromEntries(
      runs.flatMap(({ id }, place) => [
        [`early ${place}`, id],
        [`late ${place}`, id],
      ]),
    ),
  );
});

test.each([
  ["empty", ""],
  ["too long", "x".repeat(257)],
  ["too long in characters, not in UTF-16", "👩".repeat(257)],
  ["with a NUL", "a\0b"],
  ["a lone surrogate", "\ud800"],
])(
  "a session that is %s is refused through every door, and spoils no other item",
  async (_, executorSessionId) => {
    const run = { id: randomUUID(), wsId: "WS-1", executor: "claude_code", startedAt: at(0) };
    const call = { ...callAt(at(1), "bad"), executorSessionId };

    const started = await server.graphql(startExecution, { input: { ...run, executorSessionId } });
    const posted = await server.post("/ws-execution", {
      ...{ id: run.id, ws_id: "WS-1", executor: "human", executor_session_id: executorSessionId },
    });
    const told = await server.graphql(recordLlmCalls, { input: [call, callAt(at(1), "good")] });
    const batch = await server.graphql(recordEvents, {
      events: [
        { startExecution: { ...run, executorSessionId } },
        { recordLlmCall: call },
        { recordLlmCall: callAt(at(1), "also good") },
      ],
    });

    const broken = "BAD_USER_INPUT";
    expect(started.body.errors).toMatchObject([{ extensions: { code: broken } }]);
    expect(posted.body).toMatchObject({ code: broken, errors: [{ path: "executor_session_id" }] });
    expect(told.body.data.recordLlmCalls.map(({ outcome, error }) => outcome ?? error?.code)).toEqual([
      ...[broken, "RECORDED"],
    ]);
    expect(batch.body.data.recordEvents.map(({ outcome, error }) => outcome ?? error?.code)).toEqual([
      ...[broken, broken, "RECORDED"],
    ]);
    expect(await server.sql("select from ws_executions")).toEqual([]);
  },
);
