import { expect, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import {
  at,
  bound,
  callAt,
  change,
  first,
  noCalls,
  restarted,
  runsOfCalls,
  second,
  session,
  shownCalls,
  unattributedUsd,
} from "./scene.js";

const server = await startTestServer();

test("what runs show of their calls is right as soon as calls moved from one to the other", async () => {
  const takeover = at(60);
  await bound(server, first, at(0)).inProgress();
  await given(server).calls(
    callAt(at(0)),
    { ...callAt(takeover), costUsd: 0.25 },
    { ...callAt(at(60, 1)), costUsd: null },
  );
  const all = {
    ...{ call_count: 3, unpriced_call_count: 1, logged_usd: 1.25, total_usd: 1.25, coverage: 2 / 3 },
    source: "LLM_LOG",
  };
  expect(await shownCalls(server, first)).toEqual(all);

  await bound(server, second, takeover).inProgress();

  expect(await shownCalls(server, first)).toEqual({
    ...{ call_count: 1, unpriced_call_count: 0, logged_usd: 1, total_usd: 1, coverage: 1 },
    source: "LLM_LOG",
  });
  expect(await shownCalls(server, second)).toEqual({
    ...{ call_count: 2, unpriced_call_count: 1, logged_usd: 0.25, total_usd: 0.25, coverage: 1 / 2 },
    source: "LLM_LOG",
  });

  await restarted(server, second, at(60, 2));

  expect(await shownCalls(server, first)).toEqual(all);
  expect(await shownCalls(server, second)).toEqual(noCalls);
});

test("a run whose last priced call moves away costs again what its executor reported", async () => {
  await bound(server, first, at(0)).inProgress({ llm_cost_usd: 9 });
  await given(server).calls(callAt(at(0)), { ...callAt(at(0, 1)), costUsd: null });

  await restarted(server, first, at(0, 1));

  expect(await shownCalls(server, first)).toEqual({
    ...{ call_count: 1, unpriced_call_count: 1, logged_usd: null, total_usd: 9, coverage: 0 },
    source: "EXECUTOR_REPORTED",
  });
  expect(await unattributedUsd(server)).toBe(1);
});

test("a start that is moved takes the calls before it along, or leaves them behind", async () => {
  const [early, late] = [at(-60), at(60)];
  await bound(server, first, at(0)).inProgress();
  await given(server).calls(callAt(early), callAt(late));

  await restarted(server, first, early);
  const movedEarlier = await runsOfCalls(server);
  await restarted(server, first, at(60, 1));
  const movedLater = await runsOfCalls(server);
  await restarted(server, first, late);
  const movedBetween = await runsOfCalls(server);

  expect(movedEarlier).toEqual({ [early]: first, [late]: first });
  expect(movedLater).toEqual({ [early]: null, [late]: null });
  expect(movedBetween).toEqual({ [early]: null, [late]: first });
});

test("a start that is moved past the start of another run of its session changes places with it", async () => {
  const [one, two, three] = [at(0), at(60), at(120)];
  await bound(server, first, one).inProgress();
  await bound(server, second, two).inProgress();
  await given(server).calls(callAt(one), callAt(two), callAt(three));

  await restarted(server, first, three);

  expect(await runsOfCalls(server)).toEqual({ [one]: null, [two]: second, [three]: first });
  expect(await shownCalls(server, first)).toMatchObject({ call_count: 1, logged_usd: 1 });
  expect(await shownCalls(server, second)).toMatchObject({ call_count: 1, logged_usd: 1 });
});

test("the end of a run gives back the calls that started more than five minutes after it", async () => {
  const [inTime, late] = [at(6), at(6, 1)];
  await bound(server, first, at(0)).inProgress();
  await given(server).calls(callAt(inTime), callAt(late));
  const inProgress = await shownCalls(server, first);

  await change(server, first, { status: "BLOCKED" });
  const blocked = await shownCalls(server, first);
  await change(server, first, { status: "HARD_STOP", completed_at: at(1) });

  expect(inProgress).toMatchObject({ call_count: 2, logged_usd: 2 });
  expect(blocked).toEqual(inProgress);
  expect(await runsOfCalls(server)).toEqual({ [inTime]: first, [late]: null });
  expect(await shownCalls(server, first)).toMatchObject({ call_count: 1, logged_usd: 1 });
  expect(await unattributedUsd(server)).toBe(1);
});

test("an end that nobody named counts from the clock of the server", async () => {
  const [inTime, late] = [at(5), at(5, 1)];
  server.clock.set(at(0));
  await bound(server, first, at(-60)).inProgress();
  await given(server).calls(callAt(inTime), callAt(late));

  await change(server, first, { status: "COMPLETED" });

  expect(await runsOfCalls(server)).toEqual({ [inTime]: first, [late]: null });
});

test("a start that nobody dated takes the calls since then, and more when its date is told", async () => {
  const early = at(-1);
  server.clock.set(at(0));
  await given(server).calls(callAt(early), callAt(at(0)));

  await server.post("/ws-execution", {
    ...{ id: first, ws_id: "WS-1", executor: "claude_code", executor_session_id: session },
  });
  const undated = await runsOfCalls(server);
  await restarted(server, first, early);

  expect(undated).toEqual({ [early]: null, [at(0)]: first });
  expect(await runsOfCalls(server)).toEqual({ [early]: first, [at(0)]: first });
});

test("binding a session again is a duplicate and changes nothing", async () => {
  const start = {
    ...{ id: first, ws_id: "WS-1", executor: "claude_code", started_at: at(0) },
    executor_session_id: session,
  };
  await given(server).calls(callAt(at(0)));

  const outcomes = [];
  for (const body of [start, start, { id: first, executor_session_id: session }]) {
    outcomes.push((await server.post("/ws-execution", body)).body.outcome);
  }
  const another = await change(server, first, { executor_session_id: "session-2" });

  expect(outcomes).toEqual(["RECORDED", "DUPLICATE", "DUPLICATE"]);
  expect(another.body.outcome).toBe("RECORDED");
  expect(await shownCalls(server, first)).toMatchObject({ call_count: 1, logged_usd: 1 });
  expect(
    await server.sql("select executor_session_id from ws_execution_sessions order by executor_session_id"),
  ).toEqual([{ executor_session_id: "session-1" }, { executor_session_id: "session-2" }]);
});

test("what is refused binds nothing and moves nothing", async () => {
  await given(server)
    .execution({ id: first, started_at: at(0) })
    .completed({ seconds: 3600 });
  await given(server).calls(callAt(at(0)));
  const binding = { executor_session_id: session };

  const refusals = [
    await change(server, first, { ...binding, ws_id: "WS-2", executor: "claude_code" }),
    await change(server, first, { ...binding, status: "FAILED" }),
    await change(server, first, {
      ...binding,
      ws_id: "WS-1",
      executor: "claude_code",
      started_at: at(120),
    }),
    await change(server, second, binding),
    await change(server, first, { executor_session_id: "" }),
    await change(server, first, { executor_session_id: "x".repeat(257) }),
  ];

  expect(refusals.map(({ body }) => body.code)).toEqual([
    ...["CONFLICT", "CONFLICT", "BAD_USER_INPUT", "NOT_FOUND", "BAD_USER_INPUT", "BAD_USER_INPUT"],
  ]);
  expect(await runsOfCalls(server)).toEqual({ [at(0)]: null });
  expect(await server.sql("select from ws_execution_sessions")).toEqual([]);
});

test("a run that ended can still be bound, and takes what belongs to its time", async () => {
  await given(server)
    .execution({ id: first, started_at: at(0) })
    .completed({ seconds: 60 });
  const [inside, late] = [at(6), at(7)];
  await given(server).calls(callAt(inside), callAt(late));

  await change(server, first, { executor_session_id: session });

  expect(await runsOfCalls(server)).toEqual({ [inside]: first, [late]: null });
});
