import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { executions, recordEvents, recordPhase } from "./client/documents.js";
import type { EventInput } from "./client/gql/graphql.js";
import { after, noon, second } from "./support/clock.js";
import { startTestServer } from "./support/server.js";

const server = await startTestServer();

const reports = ["/dashboard", "/dashboard?time_zone=Europe/Berlin", "/cost-summary?time_zone=Asia/Kolkata"];

/** Runs with everything that a list shows beside the columns. */
async function givenRuns(count: number): Promise<void> {
  const eventsOf = (id: string): EventInput[] => [
    { startExecution: { id, wsId: "WS-1", executor: "claude_code", startedAt: noon } },
    {
      recordPhase: { executionId: id, name: "IMPLEMENT", startedAt: noon, completedAt: after(noon, second) },
    },
    { recordLlmCall: { sourceKey: id, executionId: id, model: "a-model", startedAt: noon, costUsd: 1 } },
    {
      recordBugFix: {
        ...{ executionId: id, description: "It broke", rootCause: "An off-by-one", testName: "it holds" },
        ...{ fixSummary: "Count", autonomous: true },
      },
    },
  ];
  const events = Array.from({ length: count }, () => eventsOf(randomUUID())).flat();
  const { body } = await server.graphql(recordEvents, { events });
  expect(body.data.recordEvents.filter(({ error }) => error !== null)).toEqual([]);
}

describe.each([5, 50])("a page of %i executions with phases, bug fixes and cost", (count) => {
  test("takes four statements through GraphQL: the runs, their number, their bug fixes, their cost", async () => {
    await givenRuns(count);

    let shown: unknown[] = [];
    const statements = await server.statementsDuring(async () => {
      const { body } = await server.graphql(executions, { first: 50 });
      shown = body.data.executions.nodes.filter(
        ({ bugFixes, phases, cost }) =>
          bugFixes.length === 1 && phases[0]?.costUsd === 1 && cost.totalUsd === 1,
      );
    });

    expect(shown).toHaveLength(count);
    expect(statements).toHaveLength(4);
  });

  test("takes the same four through REST", async () => {
    await givenRuns(count);

    let shown: unknown;
    const statements = await server.statementsDuring(async () => {
      shown = (await server.get("/ws-executions?limit=50")).body.executions;
    });

    expect(shown).toHaveLength(count);
    expect(statements).toHaveLength(4);
  });
});

test("the executions of bug fixes are read at once", async () => {
  await givenRuns(20);

  const statements = await server.statementsDuring(() =>
    server.graphql("{ executions { nodes { bugFixes { execution { id } } } } }"),
  );

  expect(statements).toHaveLength(3);
});

test("a page without its count, bug fixes and cost asks for none of them", async () => {
  await givenRuns(5);

  const statements = await server.statementsDuring(() =>
    server.graphql("{ executions { nodes { id phases { eventId } } } }"),
  );

  expect(statements).toHaveLength(1);
});

test.each([...reports, "/scoreboard", "/scoreboard?window=all"])("GET %s is one statement", async (path) => {
  await givenRuns(5);
  // The names of the time zones are read once in the life of a server.
  await server.get("/dashboard?time_zone=Europe/Berlin");

  let status = 0;
  const statements = await server.statementsDuring(async () => {
    status = (await server.get(path)).status;
  });

  expect(status).toBe(200);
  expect(statements).toHaveLength(1);
});

test("recording a phase takes three statements: hold the run, store the phase, write what it shows; a repeat reads both instead", async () => {
  const id = randomUUID();
  await server.post("/ws-execution", { id, ws_id: "WS-1", executor: "human", started_at: noon });
  const phase = { executionId: id, eventId: "first", name: "VERIFY", startedAt: noon } as const;
  const alone = "mutation ($input: RecordPhaseInput!) { recordPhase(input: $input) { outcome } }";

  const [first, repeat] = [
    await server.statementsDuring(() => server.graphql(alone, { input: phase })),
    await server.statementsDuring(() => server.graphql(alone, { input: phase })),
  ];
  const withExecution = await server.statementsDuring(() => server.graphql(recordPhase, { input: phase }));

  expect(first).toHaveLength(3);
  expect(repeat).toHaveLength(4);
  expect(withExecution).toHaveLength(6);
});

test("calls take the same number of statements, however many they are", async () => {
  const document = "mutation ($input: [LlmCallInput!]!) { recordLlmCalls(input: $input) { outcome } }";
  const calls = (count: number) =>
    Array.from({ length: count }, () => ({
      ...{
        sourceKey: randomUUID(),
        executionId: randomUUID(),
        model: "a-model",
        startedAt: noon,
        costUsd: 1,
      },
    }));

  const one = await server.statementsDuring(() => server.graphql(document, { input: calls(1) }));
  const many = await server.statementsDuring(() => server.graphql(document, { input: calls(200) }));

  expect(many).toHaveLength(one.length);
});

test("neighbouring calls of a batch of events take the same number of statements, however many they are", async () => {
  const calls = (count: number) =>
    Array.from(
      { length: count },
      (): EventInput => ({
        recordLlmCall: {
          sourceKey: randomUUID(),
          executionId: randomUUID(),
          model: "a-model",
          startedAt: noon,
        },
      }),
    );

  const two = await server.statementsDuring(() => server.graphql(recordEvents, { events: calls(2) }));
  const many = await server.statementsDuring(() => server.graphql(recordEvents, { events: calls(200) }));

  expect(many).toHaveLength(two.length);
});
