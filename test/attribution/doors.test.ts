import { expect, test } from "vitest";
import { completeExecution, recordEvents, recordLlmCalls, startExecution } from "../client/documents.js";
import type { EventInput } from "../client/gql/graphql.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { at, callAt, change, first, runsOfCalls, second, session, shownCalls } from "./scene.js";

const server = await startTestServer();

interface Door {
  start(id: string, startedAt: string): Promise<unknown>;
  call(startedAt: string): Promise<unknown>;
  complete(id: string, completedAt: string): Promise<unknown>;
}

const batch = (...events: EventInput[]) => server.graphql(recordEvents, { events });
const startOf = (id: string, startedAt: string) => ({
  ...{ id, wsId: "WS-1", executor: "claude_code", executorSessionId: session, startedAt },
});

const doors: Readonly<Record<string, Door>> = {
  REST: {
    start: (id, started_at) =>
      change(server, id, {
        ws_id: "WS-1",
        executor: "claude_code",
        executor_session_id: session,
        started_at,
      }),
    call: (startedAt) => given(server).calls(callAt(startedAt)),
    complete: (id, completed_at) => change(server, id, { status: "COMPLETED", completed_at }),
  },
  GraphQL: {
    start: (id, startedAt) => server.graphql(startExecution, { input: startOf(id, startedAt) }),
    call: (startedAt) => server.graphql(recordLlmCalls, { input: [callAt(startedAt)] }),
    complete: (id, completedAt) => server.graphql(completeExecution, { input: { id, completedAt } }),
  },
  recordEvents: {
    start: (id, startedAt) => batch({ startExecution: startOf(id, startedAt) }),
    call: (startedAt) => batch({ recordLlmCall: callAt(startedAt) }),
    complete: (id, completedAt) => batch({ completeExecution: { id, completedAt } }),
  },
};

test.each(Object.entries(doors))(
  "starts, calls and ends attribute the same when they come through %s",
  async (_, door) => {
    await door.call(at(1));
    await door.start(first, at(0));
    await door.call(at(61));
    await door.call(at(90));
    await door.start(second, at(60));
    await door.complete(second, at(70));
    await door.start(first, at(1));
    await door.complete(first, at(100));
    await door.call(at(75));

    expect(await runsOfCalls(server)).toEqual({
      [at(1)]: first,
      [at(61)]: second,
      [at(75)]: second,
      [at(90)]: null,
    });
    expect(await shownCalls(server, first)).toMatchObject({ call_count: 1, logged_usd: 1 });
    expect(await shownCalls(server, second)).toMatchObject({ call_count: 2, logged_usd: 2 });
  },
);

test("one batch may hold starts, ends and calls of a session in any order", async () => {
  const outOfOrder = await batch(
    { recordLlmCall: callAt(at(75)) },
    { startExecution: startOf(second, at(60)) },
    { recordLlmCall: callAt(at(61)) },
    { completeExecution: { id: first, completedAt: at(100) } },
    { startExecution: startOf(first, at(1)) },
    { recordLlmCall: { ...callAt(at(90), "of the first"), executionId: first } },
    { completeExecution: { id: second, completedAt: at(70) } },
    { recordLlmCall: callAt(at(1)) },
    { recordLlmCall: callAt(at(90)) },
    { completeExecution: { id: first, completedAt: at(100) } },
  );

  expect(outOfOrder.body.data.recordEvents.map(({ outcome, error }) => outcome ?? error?.code)).toEqual([
    ...["RECORDED", "RECORDED", "RECORDED", "NOT_FOUND", "RECORDED"],
    ...["RECORDED", "RECORDED", "RECORDED", "RECORDED", "RECORDED"],
  ]);
  expect(await runsOfCalls(server)).toEqual({
    ...{ [at(1)]: first, [at(61)]: second, [at(75)]: second, [at(90)]: null, "of the first": first },
  });
  expect(await shownCalls(server, first)).toMatchObject({ call_count: 2, logged_usd: 2 });
  expect(await shownCalls(server, second)).toMatchObject({ call_count: 2, logged_usd: 2 });
});
