import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ErrorCode } from "../../src/errors.js";
import { createKey } from "../../src/services/api-key.service.js";
import { type Role, roles } from "../../src/vocabulary.js";
import { verdictOfRest } from "../parity/doors.js";
import { after, day, minute, noon } from "../support/clock.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { eras, modelAt } from "./model.js";

const server = await startTestServer();

type Fields = Readonly<Record<string, unknown>>;

test("a run is stored and shown as REST stores and shows it", async () => {
  const model = await modelAt(server.url);
  const [byRest, byTool] = [randomUUID(), randomUUID()];
  const start = { ws_id: "WS-1", executor: "codex", wp_id: "WP-1", scope_id: "S-1", started_at: noon };
  const times = { started_at: noon, completed_at: after(noon, minute) };
  const phase = { name: "verify", event_id: "one", ...times, result: "fail", tests_failing: 2 };
  const end = {
    status: "FAILED",
    completed_at: after(noon, 5 * minute),
    test_metrics: { written: 4, failing: 2 },
    file_metrics: { created: ["a"], deleted: ["b"] },
    rework_cycles: 3,
  };
  server.clock.advance(10 * minute);

  await server.post("/ws-execution", { id: byRest, ...start });
  await server.post("/ws-execution", { id: byRest, phase });
  await server.post("/ws-execution", { id: byRest, ...end });
  await model.data("start_work_statement", { execution_id: byTool, ...start });
  await model.data("report_phase", { execution_id: byTool, ...phase });
  await model.data("complete_work_statement", { execution_id: byTool, ...end });

  const shown = async (id: string) => (await server.get(`/ws-executions/${id}`)).body;
  expect({ ...(await shown(byTool)), id: byRest }).toEqual(await shown(byRest));
});

test("what a tool shows of a run and its cost is what REST shows", async () => {
  const model = await modelAt(server.url);
  const run = await given(server).execution({ ws_id: "WS-1", wp_id: "WP-1" }).phase("implement").completed();
  await run.withBugFix({ autonomous: true });
  await run.withLlmCall({ phase: "IMPLEMENT", model: "a", costUsd: 0.5, startedAt: noon });
  await run.withLlmCall({ model: "b", costUsd: 0.25, startedAt: noon });
  server.clock.advance(day / 2);

  const tool = await model.data("get_execution", { execution_id: run.id });
  const { body: rest } = await server.get<Fields & { cost: Fields; bug_fixes: Fields[] }>(
    `/ws-executions/${run.id}`,
  );
  const metrics = await model.data("get_metrics", { window: "30d" });
  const scoreboard = (await server.get("/scoreboard?window=30d")).body;
  const range = `from=${String(scoreboard.from)}&to=${String(scoreboard.to)}`;
  const summary = (await server.get<{ by_model: Fields[]; by_phase: Fields[] }>(`/cost-summary?${range}`))
    .body;

  for (const field of ["ws_id", "wp_id", "executor", "status", "started_at", "completed_at", "test_metrics"])
    expect(tool[field], field).toEqual(rest[field]);
  expect(rest).toMatchObject({ phase_metrics: { phases: tool.phases } });
  expect(tool.bug_fixes).toMatchObject([{ id: rest.bug_fixes[0]?.id }]);
  expect(tool.cost).toMatchObject({
    total_usd: rest.cost.total_usd,
    source: rest.cost.source,
    call_count: 2,
    by_model: [
      { key: "a", cost_usd: 0.5, call_count: 1 },
      { key: "b", cost_usd: 0.25, call_count: 1 },
    ],
  });
  for (const field of ["total_runs", "success_rate", "first_pass_rate", "total_llm_cost_usd", "from", "to"])
    expect(metrics[field], field).toEqual(scoreboard[field]);
  const rows = (all: readonly Fields[]) => all.map(({ execution_count: _, ...row }) => row);
  expect(metrics.total_llm_cost_usd).toBe(0.75);
  expect(metrics.by_model).toEqual(rows(summary.by_model));
  expect(metrics.by_phase).toEqual(rows(summary.by_phase));
});

/** The same wrong request, as REST and a tool are asked it. */
interface WrongCall {
  readonly sentence: string;
  readonly tool: string;
  readonly input: (stored: string) => Fields;
  readonly rest: (stored: string) => readonly [string, Fields];
  readonly code: ErrorCode;
}

const nobody = "3f0c0d2e-0000-4000-8000-000000000001";
const start = (sentence: string, fields: Fields, code: ErrorCode = "BAD_USER_INPUT"): WrongCall => {
  const run = { ws_id: "WS-1", executor: "human", ...fields };
  return {
    ...{ sentence, tool: "start_work_statement", code },
    input: (execution_id) => ({ execution_id, ...run }),
    rest: (id) => ["/ws-execution", { id, ...run }],
  };
};
const phase = (sentence: string, fields: Fields, code: ErrorCode = "BAD_USER_INPUT"): WrongCall => {
  const { execution_id, ...event } = { name: "verify", started_at: noon, ...fields } as Fields;
  return {
    ...{ sentence, tool: "report_phase", code },
    input: (stored) => ({ execution_id: execution_id ?? stored, ...event }),
    rest: (stored) => ["/ws-execution", { id: execution_id ?? stored, phase: event }],
  };
};
const end = (sentence: string, fields: Fields, code: ErrorCode = "BAD_USER_INPUT"): WrongCall => {
  const { execution_id, ...change } = { status: "COMPLETED", ...fields } as Fields;
  return {
    ...{ sentence, tool: "complete_work_statement", code },
    input: (stored) => ({ execution_id: execution_id ?? stored, ...change }),
    rest: (stored) => ["/ws-execution", { id: execution_id ?? stored, ...change }],
  };
};
const bugFix = (sentence: string, fields: Fields, code: ErrorCode = "BAD_USER_INPUT"): WrongCall => {
  const text = { description: "a", root_cause: "b", test_name: "c", fix_summary: "d", autonomous: true };
  const { execution_id, ...report } = { ...text, ...fields } as Fields;
  return {
    ...{ sentence, tool: "report_bug_fix", code },
    input: (stored) => ({ execution_id: execution_id ?? stored, ...report }),
    rest: (stored) => ["/bug-fix", { ws_execution_id: execution_id ?? stored, ...report }],
  };
};

const wrongCalls: readonly WrongCall[] = [
  start("another Work Statement's id", { ws_id: "WS-2" }, "CONFLICT"),
  start("a nameless executor", { executor: "" }),
  start("a Work Package that is a number, and a scope of too many characters", {
    wp_id: 5,
    scope_id: "x".repeat(257),
  }),
  start("a start in the far future", { started_at: after(noon, day + minute) }),
  start("a start without an offset", { started_at: "2026-02-23T10:00:00" }),
  phase("a phase of nobody's run", { execution_id: nobody }, "NOT_FOUND"),
  phase("a phase of no name", { name: null }),
  phase("a phase of an unknown name", { name: "coding", result: "pass" }),
  phase("an unknown result", { result: "PASS" }),
  phase("a phase that ends before it starts", { completed_at: after(noon, -minute) }),
  phase("a sequence of 0", { sequence: 0 }),
  phase("an id that is too long, and half a test", { event_id: "x".repeat(129), tests_written: 1 / 2 }),
  end("the end of nobody's run", { execution_id: nobody }, "NOT_FOUND"),
  end("a path with NUL", { file_metrics: { created: ["a\0b"] } }),
  end("tests that are none", { test_metrics: { written: -1, wrote: 1 } }),
  bugFix("a bug fix of nobody's run", { execution_id: nobody }, "NOT_FOUND"),
  bugFix("a nameless test, fixed by maybe", { test_name: "", autonomous: "maybe" }),
];

test.each(wrongCalls)("$sentence is $code through REST and a tool, and nothing is stored", async (wrong) => {
  const stored = randomUUID();
  await server.post("/ws-execution", { id: stored, ws_id: "WS-1", executor: "human", started_at: noon });
  const rows = () => server.sql("select to_jsonb(t) as row from ws_executions as t");
  const before = await rows();
  const model = await modelAt(server.url);

  const byRest = verdictOfRest(await server.post(...wrong.rest(stored)));
  const byTool = await model.call(wrong.tool, wrong.input(stored));

  const own = (path: string) => path.replace(/^phase\./, "");
  expect(byRest.code).toBe(wrong.code);
  expect(byTool.error.code).toBe(wrong.code);
  expect(byTool.error.errors.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
    byRest.errors
      .map(({ path, message }) => ({ path: own(path), message }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  );
  expect(await rows()).toEqual(before);
});

/** Whose keys a tool takes: those of its operations. */
const whoMay: Readonly<Record<string, readonly Role[]>> = {
  start_work_statement: ["ingest", "admin"],
  report_phase: ["ingest", "admin"],
  complete_work_statement: ["ingest", "admin"],
  report_bug_fix: ["ingest", "admin"],
  get_execution: ["ingest", "read", "admin"],
  get_metrics: ["read", "admin"],
};

async function keyFor(role: Role): Promise<string> {
  await server.fetch("/nothing"); // forgets the keys of the test before, for the clock was set back
  const wish = { name: `for ${role}`, role };
  const { key } = await createKey(server.database.store.database, wish, server.clock.now());
  server.clock.advance(minute);
  return key;
}

describe.each(eras)("with keys, a client of %s", (era) => {
  test.each(roles)("may call what the role %s allows, and sees every tool", async (role) => {
    const model = await modelAt(server.url, era, await keyFor(role));

    const { tools } = await model.client.listTools();
    const codes = await Promise.all(
      tools.map(async ({ name }) => [
        name,
        (await model.call(name, { ...(name === "report_phase" && { name: "verify" }) })).error.code,
      ]),
    );

    const allowed = codes.filter(([, code]) => code !== "FORBIDDEN").map(([name]) => name);
    expect(tools.map(({ name }) => name)).toEqual(Object.keys(whoMay));
    expect(allowed).toEqual(Object.keys(whoMay).filter((name) => whoMay[name]?.includes(role)));
  });

  test("is turned away without one", async () => {
    await keyFor("read");

    await expect(modelAt(server.url, era)).rejects.toThrow(/401|auth/i);
  });
});
