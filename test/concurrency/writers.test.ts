import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { recordEvents, recordLlmCalls, startExecution } from "../client/documents.js";
import type { EventInput } from "../client/gql/graphql.js";
import { after, noon, second } from "../support/clock.js";
import { concurrently, tally } from "../support/concurrently.js";
import { onPostgres } from "../support/database.js";
import { given } from "../support/given.js";
import { startTestServer, type TestServer } from "../support/server.js";

const usual = { executor: "claude_code", wsId: "WS-1", startedAt: noon };
const phase = { name: "implement", started_at: noon, completed_at: after(noon, second), result: "pass" };

/** What the product keeps of a run's calls beside the calls themselves. */
async function expectSumsToBeRight({ sql }: TestServer): Promise<void> {
  const kept = await sql(
    `select id, logged_call_count as calls, logged_unpriced_call_count as unpriced, logged_cost_usd as cost
    from ws_executions order by id`,
  );
  const fresh = await sql(
    `select runs.id, count(calls.source_key) as calls,
      count(calls.source_key) filter (where calls.cost_usd is null) as unpriced, sum(calls.cost_usd) as cost
    from ws_executions as runs left join llm_calls as calls on calls.claimed_execution_id = runs.id
    group by runs.id order by runs.id`,
  );
  expect(kept).toEqual(fresh);
  expect(
    await sql("select from llm_calls where ws_execution_id is distinct from claimed_execution_id"),
  ).toEqual([]);
}

describe.runIf(onPostgres)("many writers at once", async () => {
  const server = await startTestServer();

  test("50 phases posted to one execution at the same moment all land, each with a sequence of its own", async () => {
    const run = await given(server).execution().inProgress();

    const answers = await concurrently(50, (index) =>
      server.post("/ws-execution", { id: run.id, phase: { ...phase, event_id: `event-${index}` } }),
    );

    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    const rows = await server.sql<{ event_id: string; sequence: number }>(
      "select event_id, sequence from ws_phases order by sequence",
    );
    expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    const [document] = await server.sql(
      "select jsonb_path_query_array(phase_metrics, '$.phases[*].event_id') as ids from ws_executions",
    );
    expect(document).toEqual({ ids: rows.map(({ event_id }) => event_id) });
  });

  test("writers of different fields of one execution lose nothing of each other", async () => {
    const run = await given(server).execution().inProgress();
    const counters = ["rework_cycles", "llm_calls", "llm_tokens_in", "llm_tokens_out", "llm_cost_usd"];
    const fields = [
      ...counters.map((name, index) => ({ [name]: index + 1 })),
      ...["written", "passing", "failing", "skipped"].map((name) => ({ test_metrics: { [name]: 7 } })),
      ...["created", "modified", "deleted"].map((name) => ({ file_metrics: { [name]: [`${name}.ts`] } })),
      { wp_id: "WP-9" },
      { status: "COMPLETED", completed_at: noon },
    ];

    const answers = await Promise.all(
      fields.map((field) => server.post("/ws-execution", { id: run.id, ...field })),
    );

    expect(tally(answers.map(({ body }) => String(body.outcome)))).toEqual({ RECORDED: fields.length });
    const { body } = await server.get(`/ws-executions/${run.id}`);
    expect(body).toMatchObject({
      ...Object.fromEntries(counters.map((name, index) => [name, index + 1])),
      test_metrics: { written: 7, passing: 7, failing: 7, skipped: 7 },
      file_metrics: { created: ["created.ts"], modified: ["modified.ts"], deleted: ["deleted.ts"] },
      wp_id: "WP-9",
      status: "COMPLETED",
      completed_at: noon,
    });
  });

  test("100 identical events at once make one row and 99 DUPLICATE", async () => {
    const run = await given(server).execution().inProgress();
    const fix = {
      description: "It broke",
      root_cause: "A",
      test_name: "b",
      fix_summary: "c",
      autonomous: true,
    };
    const bugFix = { id: randomUUID(), ws_execution_id: run.id, ...fix };

    const phases = await concurrently(100, () =>
      server.post("/ws-execution", { id: run.id, phase: { ...phase, event_id: "the same" } }),
    );
    const bugFixes = await concurrently(100, () => server.post("/bug-fix", bugFix));

    for (const answers of [phases, bugFixes]) {
      expect(tally(answers.map(({ body }) => String(body.outcome)))).toEqual({ RECORDED: 1, DUPLICATE: 99 });
    }
    expect(tally(bugFixes.map(({ status }) => String(status)))).toEqual({ 201: 1, 200: 99 });
    expect(await server.sql("select event_id, sequence from ws_phases")).toEqual([
      { event_id: "the same", sequence: 1 },
    ]);
    expect(await server.sql("select id from ws_bug_fixes")).toEqual([{ id: bugFix.id }]);
  });

  test("20 identical starts at once make one execution, and so do 20 identical whole runs", async () => {
    const [started, whole] = [randomUUID(), randomUUID()];
    const run = {
      ...{ id: whole, ws_id: "WS-1", executor: "human", started_at: noon, llm_cost_usd: 0.5 },
      ...{ status: "COMPLETED", completed_at: after(noon, second), test_metrics: { written: 3 } },
      phase_metrics: { phases: [1, 2, 3].map((place) => ({ ...phase, event_id: `event-${place}` })) },
    };

    const starts = await concurrently(20, () =>
      server.graphql(startExecution, { input: { ...usual, id: started } }),
    );
    const runs = await concurrently(20, () => server.post("/ws-execution", run));

    const outcomes = starts.map(({ body }) => String(body.data.startExecution.outcome));
    expect(tally(outcomes)).toEqual({ RECORDED: 1, DUPLICATE: 19 });
    expect(tally(runs.map(({ body }) => String(body.outcome)))).toEqual({ RECORDED: 1, DUPLICATE: 19 });
    expect(tally(runs.map(({ status }) => String(status)))).toEqual({ 201: 1, 200: 19 });
    expect(await server.sql("select count(*) as count from ws_executions")).toEqual([{ count: 2 }]);
    expect(await server.sql("select count(*) as count from ws_phases")).toEqual([{ count: 3 }]);
  });

  test("calls that race the start of their execution are always attributed, and the sums kept of them are right", async () => {
    const ids = Array.from({ length: 12 }, () => randomUUID());
    const callOf = (executionId: string, key: string) => ({
      ...{ sourceKey: `${executionId} ${key}`, executionId, model: "a-model", startedAt: noon },
      costUsd: key === "unpriced" ? null : 0.000001,
    });

    await Promise.all(
      ids.flatMap((id, place) => [
        server.graphql(recordLlmCalls, { input: ids.map((other) => callOf(other, `from ${place}`)) }),
        server.graphql(startExecution, { input: { ...usual, id } }),
        server.graphql(recordLlmCalls, { input: [callOf(id, "unpriced"), callOf(id, "from 0")] }),
      ]),
    );

    expect(await server.sql("select count(*) as count from llm_calls")).toEqual([{ count: 12 * 13 }]);
    await expectSumsToBeRight(server);
    expect(await server.sql("select distinct logged_cost_usd::text as cost from ws_executions")).toEqual([
      { cost: "0.000012" },
    ]);
  });

  test("batches over the same executions in different orders do not deadlock into errors", async () => {
    const ids = Array.from({ length: 10 }, () => randomUUID());
    const eventsOf = (id: string, batch: number): EventInput[] => [
      { startExecution: { ...usual, id } },
      {
        recordPhase: {
          ...{ executionId: id, eventId: `from ${batch}`, name: "IMPLEMENT", startedAt: noon },
        },
      },
      {
        recordLlmCall: {
          ...{
            sourceKey: `${id} ${batch % 4}`,
            executionId: id,
            model: "a-model",
            startedAt: noon,
            costUsd: 1,
          },
        },
      },
    ];

    const answers = await concurrently(16, (batch) => {
      const turned = [...ids.slice(batch % 10), ...ids.slice(0, batch % 10)];
      const order = batch % 2 === 0 ? turned : turned.reverse();
      return server.graphql(recordEvents, { events: order.flatMap((id) => eventsOf(id, batch)) });
    });

    expect(answers.map(({ body }) => body.errors)).toEqual(Array(16).fill(undefined));
    const results = answers.flatMap(({ body }) => body.data.recordEvents);
    expect(results.filter(({ error }) => error !== null)).toEqual([]);
    expect(tally(results.map(({ outcome }) => String(outcome)))).toEqual({
      RECORDED: 10 * (1 + 16 + 4),
      DUPLICATE: 10 * (15 + 12),
    });
    expect(await server.sql("select count(*) as count from ws_phases")).toEqual([{ count: 160 }]);
    await expectSumsToBeRight(server);
  });
});
