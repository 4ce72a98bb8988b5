import { describe, expect, test } from "vitest";
import { instructions } from "../../src/mcp/tools.js";
import { second } from "../support/clock.js";
import { startTestServer } from "../support/server.js";
import { eras, modelAt } from "./model.js";

const server = await startTestServer();
const run = { ws_id: "WS-1", executor: "claude_code" };
const bug = {
  description: "totals lose a cent",
  root_cause: "floating point",
  test_name: "totals add up",
  fix_summary: "sum as decimal",
  autonomous: true,
};

const names = [
  "start_work_statement",
  "report_phase",
  "complete_work_statement",
  "report_bug_fix",
  "get_execution",
  "get_metrics",
];

describe.each(eras)("a client of the protocol of %s", (era) => {
  test("finds six tools that say what they do, and how to go on", async () => {
    const { client } = await modelAt(server.url, era);

    const { tools } = await client.listTools();

    expect(client.getProtocolEra()).toBe(era === "2026" ? "modern" : "legacy");
    expect(tools.map(({ name }) => name)).toEqual(names);
    expect(client.getInstructions()).toBe(instructions);
    expect(Buffer.byteLength(instructions)).toBeLessThan(2048);
    for (const { name, title, description = "", annotations = {}, inputSchema, outputSchema } of tools) {
      expect(title, name).toBeTruthy();
      expect(description.length, name).toBeLessThan(300);
      const { readOnlyHint, ...hints } = annotations;
      expect(readOnlyHint, name).toBe(name.startsWith("get_"));
      expect(hints, name).toEqual({
        destructiveHint: false,
        idempotentHint: name !== "start_work_statement",
        openWorldHint: false,
      });
      expect(inputSchema, name).toMatchObject({ type: "object", additionalProperties: false });
      expect(outputSchema, name).toMatchObject({ type: "object" });
    }
  });

  test("has no tool that lets a model count tokens or costs", async () => {
    const { client } = await modelAt(server.url, era);

    const { tools } = await client.listTools();

    const inputs = tools.map(({ inputSchema }) => JSON.stringify(inputSchema.properties)).join();
    expect(inputs).toContain("rework_cycles");
    expect(inputs).not.toMatch(/token|cost|usd|llm/);
  });

  test("reports a run from its start to its end, and sees what it cost", async () => {
    const model = await modelAt(server.url, era);

    const { execution_id } = await model.data("start_work_statement", { ...run, wp_id: "WP-1" });
    await model.data("report_phase", { execution_id, name: "implement" });
    server.clock.advance(90 * second);
    const ended = await model.data("report_phase", { execution_id, name: "implement", result: "pass" });
    const fixed = await model.data("report_bug_fix", { execution_id, ...bug });
    const completed = await model.data("complete_work_statement", {
      execution_id,
      test_metrics: { written: 3, passing: 3 },
      file_metrics: { modified: ["a.ts", "b.ts"] },
      rework_cycles: 1,
    });
    const shown = await model.data("get_execution", { execution_id });
    const metrics = await model.data("get_metrics", { window: "24h" });

    expect(ended).toEqual({
      outcome: "RECORDED",
      replayed: false,
      execution_id,
      event_id: expect.any(String),
      started_at: "2026-02-23T12:00:00.000Z",
      completed_at: "2026-02-23T12:01:30.000Z",
    });
    expect(fixed).toMatchObject({ outcome: "RECORDED", bug_fix_id: expect.any(String) });
    expect(completed).toEqual({ outcome: "RECORDED", replayed: false, execution_id });
    expect(shown).toMatchObject({
      ws_id: "WS-1",
      wp_id: "WP-1",
      status: "COMPLETED",
      duration_seconds: 90,
      rework_cycles: 1,
      phases: [{ event_id: ended.event_id, name: "implement", result: "pass", duration_seconds: 90 }],
      test_metrics: { written: 3, passing: 3, failing: 0, skipped: 0 },
      file_counts: { created: 0, modified: 2, deleted: 0 },
      bug_fixes: [{ id: fixed.bug_fix_id, description: bug.description }],
      cost: { total_usd: null, source: "NONE", call_count: 0, by_phase: [], by_model: [] },
    });
    expect(metrics).toMatchObject({ total_runs: 1, completed_runs: 1, success_rate: 1 });
  });
});

describe("a report that is repeated changes nothing", () => {
  test("a start, under the id of the first", async () => {
    const model = await modelAt(server.url);
    const first = await model.data("start_work_statement", run);

    const again = await model.data("start_work_statement", { ...run, execution_id: first.execution_id });

    expect(first).toMatchObject({ outcome: "RECORDED", replayed: false });
    expect(again).toEqual({ ...first, outcome: "DUPLICATE", replayed: true });
  });

  test("the begin of a phase, as long as it is open", async () => {
    const model = await modelAt(server.url);
    const { execution_id } = await model.data("start_work_statement", run);
    const first = await model.data("report_phase", { execution_id, name: "verify" });
    server.clock.advance(second);

    const again = await model.data("report_phase", { execution_id, name: "verify" });

    expect(again).toEqual({ ...first, outcome: "DUPLICATE", replayed: true });
  });

  test("the end of a phase, by the id or by the start that the first answered", async () => {
    const model = await modelAt(server.url);
    const { execution_id } = await model.data("start_work_statement", run);
    const end = { execution_id, name: "verify", result: "fail" };
    await model.data("report_phase", { execution_id, name: "verify" });
    server.clock.advance(second);
    const first = await model.data("report_phase", end);
    server.clock.advance(second);

    const byId = await model.data("report_phase", { ...end, event_id: first.event_id });
    const byStart = await model.data("report_phase", { ...end, started_at: first.started_at });

    expect(byId).toEqual({ ...first, outcome: "DUPLICATE", replayed: true });
    expect(byStart).toEqual(byId);
  });

  test("a phase that is reported whole", async () => {
    const model = await modelAt(server.url);
    const { execution_id } = await model.data("start_work_statement", run);
    const started_at = "2026-02-23T13:00:00+01:00";
    const whole = { execution_id, name: "implement", result: "pass", started_at };
    const first = await model.data("report_phase", { ...whole, completed_at: started_at });

    const again = await model.data("report_phase", { ...whole, completed_at: started_at });

    expect(again).toEqual({ ...first, outcome: "DUPLICATE", replayed: true });
  });

  test("a bug fix, whatever the order of its fields", async () => {
    const model = await modelAt(server.url);
    const { execution_id } = await model.data("start_work_statement", run);
    const first = await model.data("report_bug_fix", { execution_id, ...bug });

    const again = await model.data("report_bug_fix", { ...bug, execution_id });
    const other = await model.data("report_bug_fix", { ...bug, execution_id, description: "another" });

    expect(again).toEqual({ ...first, outcome: "DUPLICATE", replayed: true });
    expect(other.outcome).toBe("RECORDED");
    expect(other.bug_fix_id).not.toBe(first.bug_fix_id);
  });

  test("an end", async () => {
    const model = await modelAt(server.url);
    const { execution_id } = await model.data("start_work_statement", run);
    await model.data("complete_work_statement", { execution_id, status: "FAILED" });
    server.clock.advance(second);

    const again = await model.data("complete_work_statement", { execution_id, status: "FAILED" });

    expect(again).toMatchObject({ outcome: "DUPLICATE", replayed: true });
  });
});

describe("a phase", () => {
  test("that is open is told from a closed one of its name", async () => {
    const model = await modelAt(server.url);
    const { execution_id } = await model.data("start_work_statement", run);
    const verify = { execution_id, name: "verify" };
    await model.data("report_phase", verify);
    const failed = await model.data("report_phase", { ...verify, result: "fail" });
    server.clock.advance(second);

    const begun = await model.data("report_phase", verify);
    const passed = await model.data("report_phase", { ...verify, result: "pass" });

    expect(begun.outcome).toBe("RECORDED");
    expect(begun.event_id).not.toBe(failed.event_id);
    expect(passed).toMatchObject({ outcome: "RECORDED", event_id: begun.event_id });
  });

  test("under an id that something else has is not recorded, and the answer says so", async () => {
    const model = await modelAt(server.url);
    const { execution_id } = await model.data("start_work_statement", run);
    await model.data("report_phase", { execution_id, name: "verify", event_id: "one" });

    const taken = await model.data("report_phase", { execution_id, name: "implement", event_id: "one" });

    expect(taken).toMatchObject({ outcome: "CONFLICT_IGNORED", replayed: false });
    expect(taken.note).toContain("another id");
  });

  test("that never began cannot end, and the answer says what to call", async () => {
    const model = await modelAt(server.url);
    const { execution_id } = await model.data("start_work_statement", run);

    const { isError, text, error } = await model.call("report_phase", {
      execution_id,
      name: "verify",
      result: "pass",
    });

    expect({ isError, code: error.code }).toEqual({ isError: true, code: "NOT_FOUND" });
    expect(text).toContain("Call report_phase without result when a phase begins");
  });
});
