import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import type { ErrorCode } from "../../src/errors.js";
import { after, day, noon } from "../support/clock.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { inCamelCase } from "../support/spelling.js";
import { verdictOfGraphql, verdictOfRest } from "./doors.js";

const server = await startTestServer();

const [stored, ended, nobody] = [randomUUID(), randomUUID(), randomUUID()];

beforeEach(async () => {
  await given(server).execution({ id: stored, ws_id: "WS-1", executor: "human" }).inProgress();
  await given(server).execution({ id: ended, ws_id: "WS-1", executor: "human" }).failed();
});

type Fields = Readonly<Record<string, unknown>>;

/** The same wrong request, as both doors are asked it. */
interface WrongWrite {
  readonly sentence: string;
  readonly path: "/ws-execution" | "/bug-fix";
  readonly body: Fields;
  readonly mutation: string;
  readonly input: Fields;
  readonly code: ErrorCode;
  readonly status: number;
}

const update = (
  sentence: string,
  fields: Fields,
  code: ErrorCode = "BAD_USER_INPUT",
  status = 422,
): WrongWrite => {
  const body = { id: stored, ...fields };
  return {
    ...{ sentence, path: "/ws-execution", body, code, status },
    ...{ mutation: "updateExecution", input: inCamelCase(body) },
  };
};

const start = (
  sentence: string,
  fields: Fields,
  code: ErrorCode = "BAD_USER_INPUT",
  status = 422,
): WrongWrite => {
  const body = { id: randomUUID(), ws_id: "WS-1", executor: "human", ...fields };
  return {
    ...{ sentence, path: "/ws-execution", body, code, status },
    ...{ mutation: "startExecution", input: inCamelCase(body) },
  };
};

const complete = (
  sentence: string,
  id: string,
  fields: Fields,
  code: ErrorCode,
  status: number,
): WrongWrite => {
  const body = { id, status: "COMPLETED", ...fields };
  return {
    ...{ sentence, path: "/ws-execution", body, code, status },
    ...{ mutation: "completeExecution", input: inCamelCase(body) },
  };
};

const bugFix = (sentence: string, fields: Fields, code: ErrorCode, status: number): WrongWrite => {
  const text = { description: "a", root_cause: "b", test_name: "c", fix_summary: "d", autonomous: true };
  const { ws_execution_id = stored, ...rest } = { ...text, ...fields };
  return {
    ...{ sentence, path: "/bug-fix", body: { ws_execution_id, ...rest }, code, status },
    ...{ mutation: "recordBugFix", input: { ...inCamelCase(rest), executionId: ws_execution_id } },
  };
};

const phase = (sentence: string, fields: Fields, code: ErrorCode, status: number): WrongWrite => {
  const { id = stored, ...rest } = { started_at: noon, ...fields };
  return {
    ...{ sentence, path: "/ws-execution", body: { id, phase: { ...rest, name: "verify" } }, code, status },
    ...{ mutation: "recordPhase", input: { ...inCamelCase(rest), name: "VERIFY", executionId: id } },
  };
};

const wrongWrites: readonly WrongWrite[] = [
  update("an update of nobody's run", { id: nobody, llm_calls: 1 }, "NOT_FOUND", 404),
  update("an open status after the end", { id: ended, status: "BLOCKED" }, "CONFLICT", 409),
  update("another end", { id: ended, status: "COMPLETED" }, "CONFLICT", 409),
  update("an empty Work Package", { wp_id: "" }),
  update("money with seven decimals", { llm_cost_usd: 0.0000001 }),
  update("a Work Package of too many characters", { wp_id: "x".repeat(257), llm_model: "y".repeat(257) }),
  update("a path with NUL", { file_metrics: { created: ["a\0b"] } }),
  update("a lone surrogate", { llm_model: "\ud800" }),
  start("another Work Statement's id", { id: stored, ws_id: "WS-2" }, "CONFLICT", 409),
  start("another executor's id", { id: stored, executor: "subagent" }, "CONFLICT", 409),
  start("a nameless executor", { executor: "" }),
  start("an executor of 65 characters", { executor: "x".repeat(65) }),
  start("an ancient start", { started_at: "1999-12-31T23:59:59.999Z" }),
  start("a start in the far future", { started_at: after(noon, day + 1) }),
  complete("the end of nobody's run", nobody, {}, "NOT_FOUND", 404),
  complete("another end, completely", ended, {}, "CONFLICT", 409),
  bugFix("a bug fix of nobody's run", { ws_execution_id: nobody }, "NOT_FOUND", 404),
  bugFix("a nameless test", { test_name: "" }, "BAD_USER_INPUT", 422),
  bugFix("a path that is none", { files_modified: ["", "a"] }, "BAD_USER_INPUT", 422),
  phase("a phase of nobody's run", { id: nobody }, "NOT_FOUND", 404),
  phase("a phase that ends before it starts", { completed_at: after(noon, -1) }, "BAD_USER_INPUT", 422),
  phase("a sequence of 0", { sequence: 0 }, "BAD_USER_INPUT", 422),
  phase("an event id of 129 characters", { event_id: "x".repeat(129) }, "BAD_USER_INPUT", 422),
];

const tables = ["ws_executions", "ws_phases", "ws_bug_fixes", "ws_execution_sessions"];
const everything = () =>
  Promise.all(tables.map((table) => server.sql(`select to_jsonb(t) as row from ${table} as t order by 1`)));

test.each(wrongWrites)("$sentence is $code through both doors, and nothing is stored", async (wrong) => {
  const { path, body, mutation, input, code, status } = wrong;
  const before = await everything();
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;

  const byRest = await server.post(path, body);
  const byGraphql = await server.graphql(
    `mutation ($input: ${type}) { ${mutation}(input: $input) { outcome } }`,
    { input },
  );

  expect(byRest.status).toBe(status);
  const verdict = verdictOfRest(byRest);
  expect(verdict.code).toBe(code);
  expect(verdict.errors.length > 0).toBe(code === "BAD_USER_INPUT");
  const spelled = verdict.errors.map(({ path: where, message }) => ({
    path: where.replace(/^phase\./, "").replace("ws_execution_id", "execution_id"),
    message,
  }));
  expect(verdictOfGraphql(byGraphql)).toEqual({ code, errors: spelled });
  expect(await everything()).toEqual(before);
});

interface WrongQuestion {
  readonly sentence: string;
  readonly rest: string;
  readonly graphql: string;
  readonly variables?: Fields;
}

const wrongQuestions: readonly WrongQuestion[] = [
  {
    sentence: "an empty range of the dashboard",
    rest: `/dashboard?from=${noon}&to=${noon}`,
    graphql: `{ dashboard(from: "${noon}", to: "${noon}") { completedCount } }`,
  },
  {
    sentence: "a range of the cost summary that ends before it starts",
    rest: `/cost-summary?from=${noon}&to=${after(noon, -1)}`,
    graphql: `{ costSummary(from: "${noon}", to: "${after(noon, -1)}") { totalUsd } }`,
  },
  {
    sentence: "an unknown time zone",
    rest: "/dashboard?time_zone=Mars/Olympus",
    graphql: '{ dashboard(timeZone: "Mars/Olympus") { completedCount } }',
  },
  {
    sentence: "more buckets than there may be",
    rest: "/dashboard?from=2000-01-01T00:00:00Z",
    graphql: '{ dashboard(from: "2000-01-01T00:00:00Z") { completedCount } }',
  },
  {
    sentence: "a page of none",
    rest: "/ws-executions?limit=0",
    graphql: "{ executions(first: 0) { totalCount } }",
  },
  {
    sentence: "a page of 501",
    rest: "/ws-executions?limit=501",
    graphql: "{ executions(first: 501) { totalCount } }",
  },
  {
    sentence: "a filter by an empty Work Package",
    rest: "/ws-executions?wp_id=",
    graphql: '{ executions(filter: { wpId: "" }) { totalCount } }',
  },
  {
    sentence: "an empty range of the list",
    rest: `/ws-executions?from=${noon}&to=${noon}`,
    graphql: `{ executions(filter: { startedFrom: "${noon}", startedTo: "${noon}" }) { totalCount } }`,
  },
];

test.each(wrongQuestions)("$sentence is BAD_USER_INPUT through both doors", async ({ rest, graphql }) => {
  const byRest = await server.get(rest);
  const byGraphql = await server.graphql(graphql);

  expect(byRest.status).toBe(422);
  expect(verdictOfRest(byRest).code).toBe("BAD_USER_INPUT");
  expect(verdictOfGraphql(byGraphql).code).toBe("BAD_USER_INPUT");
  const messages = verdictOfRest(byRest).errors.map(({ message }) => message);
  expect(messages.length).toBeGreaterThan(0);
  expect(verdictOfGraphql(byGraphql).errors).toHaveLength(messages.length);
});

test("a run that is not there is NOT_FOUND through REST and null through GraphQL; an id that is none is refused by both", async () => {
  const byRest = await server.get(`/ws-executions/${nobody}`);
  const byGraphql = await server.graphql(`{ execution(id: "${nobody}") { id } }`);
  const noIdByRest = await server.get("/ws-executions/42");
  const noIdByGraphql = await server.graphql('{ execution(id: "42") { id } }');

  expect(byRest.status).toBe(404);
  expect(byRest.body).toMatchObject({ code: "NOT_FOUND" });
  expect(byGraphql.body).toEqual({ data: { execution: null } });
  expect(noIdByRest.status).toBe(422);
  expect(verdictOfRest(noIdByRest).code).toBe("BAD_USER_INPUT");
  expect(verdictOfGraphql(noIdByGraphql).code).toBe("BAD_USER_INPUT");
});
