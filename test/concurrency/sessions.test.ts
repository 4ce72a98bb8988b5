import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { recordEvents, recordLlmCalls } from "../client/documents.js";
import type { EventInput, LlmCallInput } from "../client/gql/graphql.js";
import { after, minute, noon } from "../support/clock.js";
import { concurrently } from "../support/concurrently.js";
import { onPostgres, openTestDatabase, type TestDatabase } from "../support/database.js";
import { type ServerProcess, startProcess } from "../support/process.js";

const at = (minutes: number) => after(noon, minutes * minute);

/** Calls of a session, spread over an hour; costs are powers of two, so that every sum tells its parts. */
const callsOf = (executorSessionId: string, count: number): LlmCallInput[] =>
  Array.from({ length: count }, (_, place) => ({
    ...{ sourceKey: randomUUID(), executorSessionId, model: "a-model" },
    ...{ startedAt: at((place * 37) % 60), costUsd: place % 7 === 0 ? null : 2 ** (place % 10) },
  }));

const callsWithoutSession = (count: number) =>
  callsOf("", count).map(({ executorSessionId, ...call }) => call);

describe.runIf(onPostgres)("the sessions of many writers, through two processes on one database", () => {
  let database: TestDatabase;
  let processes: readonly ServerProcess[];
  let turn = 0;
  let deadlocksBefore: unknown;

  const deadlocks = () =>
    database.sql("select deadlocks from pg_stat_database where datname = current_database()");

  beforeAll(async () => {
    database = await openTestDatabase();
    const env = { DATABASE_URL: database.url ?? "", LOG_LEVEL: "fatal" };
    processes = await Promise.all([startProcess(env), startProcess(env)]);
  });

  beforeEach(async () => {
    await database.reset();
    deadlocksBefore = await deadlocks();
  });

  afterAll(async () => {
    await Promise.all(processes.map((one) => one.kill()));
    await database.close();
  });

  function nextProcess(): ServerProcess {
    turn += 1;
    const process = processes[turn % processes.length];
    if (process === undefined) throw new Error("no process");
    return process;
  }

  async function post(body: object): Promise<void> {
    const answer = await nextProcess().post("/ws-execution", body);
    expect(answer).toMatchObject({ status: expect.toSatisfy((status) => status < 300) });
  }

  const start = (id: string, session: string, started_at: string) =>
    post({ ...{ id, ws_id: "WS-1", executor: "human" }, executor_session_id: session, started_at });
  const end = (id: string, completed_at: string) => post({ id, status: "COMPLETED", completed_at });

  async function tell(...input: readonly LlmCallInput[]): Promise<void> {
    const { body } = await nextProcess().graphql(recordLlmCalls, { input: [...input] });
    expect(body.errors).toBeUndefined();
    expect(body.data.recordLlmCalls.filter(({ error }) => error !== null)).toEqual([]);
  }

  async function batch(...events: readonly EventInput[]): Promise<void> {
    const { body } = await nextProcess().graphql(recordEvents, { events: [...events] });
    expect(body.errors).toBeUndefined();
    expect(body.data.recordEvents.filter(({ error }) => error !== null)).toEqual([]);
  }

  /** Every call is where the rule says, the sums of the runs are those of their calls, and nobody met a deadlock. */
  async function expectRuleToHold(): Promise<void> {
    const misplaced = await database.sql(
      `select calls.source_key, calls.ws_execution_id, rule.id
      from llm_calls as calls
      left join lateral (
        select runs.id, runs.completed_at, lead(runs.started_at) over in_session as next_start, runs.started_at
        from ws_execution_sessions as sessions
        join ws_executions as runs on runs.id = sessions.ws_execution_id
        where sessions.executor_session_id = calls.executor_session_id
        window in_session as (order by runs.started_at, runs.id)
      ) as rule on calls.claimed_execution_id is null and rule.started_at <= calls.started_at
        and calls.started_at < coalesce(rule.next_start, 'infinity')
        and calls.started_at <= coalesce(rule.completed_at + interval '5 minutes', 'infinity')
      where calls.ws_execution_id is distinct from coalesce(calls.claimed_execution_id, rule.id)`,
    );
    const kept = await database.sql(
      `select id, logged_call_count as calls, logged_unpriced_call_count as unpriced, logged_cost_usd as cost
      from ws_executions order by id`,
    );
    const fresh = await database.sql(
      `select runs.id, count(calls.source_key) as calls,
        count(calls.source_key) filter (where calls.cost_usd is null) as unpriced, sum(calls.cost_usd) as cost
      from ws_executions as runs left join llm_calls as calls on calls.ws_execution_id = runs.id
      group by runs.id order by runs.id`,
    );
    expect(misplaced).toEqual([]);
    expect(kept).toEqual(fresh);
    expect(await deadlocks()).toEqual(deadlocksBefore);
  }

  test("telemetry that arrives while runs start, report phases and end finds its runs", async () => {
    await concurrently(3, async (place) => {
      const session = `session-${place}`;
      for (let run = 0; run < 4; run += 1) {
        const [id, startedAt] = [randomUUID(), at(run * 12)];
        const phase = { name: "verify", started_at: startedAt };
        await Promise.all([start(id, session, startedAt), tell(...callsOf(session, 12))]);
        await Promise.all([
          ...["one", "two"].map((event_id) => post({ id, phase: { ...phase, event_id } })),
          ...[3, 5].map((count) => tell(...callsOf(session, count))),
        ]);
        await Promise.all([end(id, at(run * 12 + 4)), tell(...callsOf(session, 8))]);
      }
    });

    expect(await database.sql("select count(*) as count from llm_calls")).toEqual([{ count: 336 }]);
    await expectRuleToHold();
  });

  test("runs of one session that start, and then end, in batches at the same moment", async () => {
    const ids = Array.from({ length: 12 }, () => randomUUID());
    const phaseOf = (executionId: string, eventId: string): EventInput => ({
      recordPhase: { executionId, eventId, name: "VERIFY", startedAt: noon },
    });

    await Promise.all(
      ids.flatMap((id, place) => [
        batch(
          {
            startExecution: {
              ...{ id, wsId: "WS-1", executor: "human", executorSessionId: "session-1" },
              startedAt: at(place * 5),
            },
          },
          phaseOf(id, "first"),
        ),
        batch(...callsOf("session-1", 5).map((recordLlmCall) => ({ recordLlmCall }))),
      ]),
    );
    await Promise.all(
      ids.flatMap((id, place) => [
        batch(phaseOf(id, "last"), { completeExecution: { id, completedAt: at(place * 5 + 1) } }),
        tell(...callsOf("session-1", 5)),
      ]),
    );

    expect(await database.sql("select count(*) as count from llm_calls")).toEqual([{ count: 120 }]);
    expect(await database.sql("select from ws_executions where completed_at is null")).toEqual([]);
    await expectRuleToHold();
  });

  test("runs that are bound, moved and ended at the same moment, while others claim them", async () => {
    await concurrently(8, async (place) => {
      const session = `session-${place}`;
      const [one, other] = [randomUUID(), randomUUID()];
      const identity = { ws_id: "WS-1", executor: "human" };
      await Promise.all([one, other].map((id) => post({ ...{ id, ...identity }, started_at: noon })));
      await tell(...callsOf(session, 20));

      await Promise.all([
        ...[one, other].map((id) => post({ id, executor_session_id: session })),
        ...[one, other].map((id) => post({ id, executor_session_id: `${session} too` })),
        post({ id: one, ...identity, started_at: at(10) }),
        post({ id: other, ...identity, started_at: at(20) }),
        end(one, at(30)),
        tell(...callsOf(session, 5), ...callsOf(`${session} too`, 5)),
        tell(
          ...[one, other].flatMap((id) => callsOf(session, 3).map((call) => ({ ...call, executionId: id }))),
        ),
      ]);
    });

    await expectRuleToHold();
  });

  test("a run that gives calls away waits for those that come in, and counts them", async () => {
    const [before, mover] = [randomUUID(), randomUUID()];
    await start(before, "session-1", noon);
    await tell(...callsOf("session-1", 9));
    await start(mover, "session-2", at(10));
    const waiting = async (count: number) =>
      vi.waitFor(async () => {
        const [row] = await database.sql<{ count: number }>(
          "select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        expect(row?.count).toBe(count);
      });

    await database.sql("begin");
    await database.sql("select from ws_executions where id = $1 for no key update", [before]);
    const comingIn = tell(...callsWithoutSession(2).map((call) => ({ ...call, executionId: before })));
    await waiting(1);
    const goingAway = post({ id: mover, executor_session_id: "session-1" });
    await waiting(2);
    await database.sql("commit");
    await Promise.all([comingIn, goingAway]);

    await expectRuleToHold();
  });

  test("telemetry that claims the same runs in different orders", async () => {
    const ids = Array.from({ length: 30 }, () => randomUUID());
    await concurrently(ids.length, (place) => start(ids[place] ?? "", `session-${place}`, noon));

    for (let round = 0; round < 4; round += 1) {
      await concurrently(8, (place) => {
        const turned = [...ids.slice(place * 4), ...ids.slice(0, place * 4)];
        const order = place % 2 === 0 ? turned : turned.reverse();
        return tell(
          ...order.flatMap((id) => callsWithoutSession(2).map((call) => ({ ...call, executionId: id }))),
        );
      });
    }

    expect(await database.sql("select count(*) as count from llm_calls")).toEqual([{ count: 1920 }]);
    await expectRuleToHold();
  });

  test("the same calls told at the same moment in opposite orders are stored once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const calls = callsWithoutSession(300);
      await concurrently(6, (place) => tell(...(place % 2 === 0 ? calls : calls.toReversed())));
    }

    expect(await database.sql("select count(*) as count from llm_calls")).toEqual([{ count: 1500 }]);
    await expectRuleToHold();
  });
});
