import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { openDesk } from "../support/wsm.js";

const server = await startTestServer();
const open = () => openDesk(server.url, server.clock.now);
const human = ["--executor", "human"];

/** A run as the server has it. */
async function runOf(id: unknown) {
  const { body } = await server.get<{ phase_metrics: { phases: object[] }; bug_fixes: object[] }>(
    `/ws-executions/${String(id)}`,
  );
  return body;
}

describe("a run", () => {
  test("is reported from start to completion without an id being passed around", async () => {
    const { wsm, json } = await open();

    const { executionId } = await json(["start", "--ws", "WS-1", "--wp", "WP-1", ...human]);
    await json(["phase", "start", "failing_tests"]);
    await json(["phase", "end", "--result", "pass", "--tests-written", "6"]);
    await json(["phase", "start", "verify"]);
    await json([
      "phase",
      "end",
      "verify",
      "--result",
      "pass",
      "--tests-passing",
      "14",
      "--tests-failing",
      "0",
    ]);
    await json(["note-files", "--created", "src/a.ts", "--modified", "b.md", "--modified", "c.md"]);
    const texts = ["--description", "d", "--root-cause", "r", "--test-name", "t", "--fix-summary", "f"];
    await json(["bug-fix", "--autonomous", ...texts, "--file", "src/a.ts"]);
    const ended = await wsm(["complete", "--rework-cycles", "2"]);

    expect(ended).toEqual({ status: 0, out: "RECORDED\n", err: "" });
    expect(await runOf(executionId)).toMatchObject({
      ws_id: "WS-1",
      wp_id: "WP-1",
      executor: "human",
      status: "COMPLETED",
      rework_cycles: 2,
      test_metrics: { written: 6, passing: 14, failing: 0 },
      file_metrics: { created: ["src/a.ts"], modified: ["b.md", "c.md"], deleted: [] },
      phase_metrics: {
        phases: [
          { name: "failing_tests", result: "pass", tests_written: 6 },
          { name: "verify", result: "pass", tests_passing: 14 },
        ],
      },
      bug_fixes: [{ description: "d", autonomous: true, files_modified: ["src/a.ts"] }],
    });
  });

  test("is found from every folder of its Git work tree, and from no other", async () => {
    const { folder, wsm } = await open();
    const elsewhere = await open();
    await mkdir(join(folder, ".git"));

    const { out: id } = await wsm(["start", "--ws", "WS-1", ...human]);

    expect(await readFile(join(folder, ".wsm", "execution"), "utf8")).toBe(id);
    expect(await readFile(join(folder, ".wsm", ".gitignore"), "utf8")).toBe("*\n");
    expect(await elsewhere.wsm(["complete"])).toMatchObject({ status: 2, out: "" });
  });

  test("is found by WS_EXECUTION_ID before the work tree's own", async () => {
    const { json } = await open();
    const { executionId: named } = await json(["start", "--ws", "WS-1", ...human]);
    await json(["start", "--ws", "WS-2", ...human]);

    await json(["complete", "--status", "failed"], { WS_EXECUTION_ID: String(named) });

    expect(await runOf(named)).toMatchObject({ ws_id: "WS-1", status: "FAILED" });
  });

  test("goes on when its Work Statement is started again before it ended, and keeps its time", async () => {
    const { wsm, json } = await open();
    const first = await json(["start", "--ws", "WS-1", ...human]);
    server.clock.set("2026-02-23T12:30:00Z");

    const again = await wsm(["start", "--ws", "WS-1", ...human]);
    const other = await json(["start", "--ws", "WS-1", "--new", ...human]);

    expect(again).toMatchObject({ status: 0, out: `${first.executionId}\n` });
    expect(again.err).toContain("goes on");
    expect(other.executionId).not.toBe(first.executionId);
    expect(await runOf(first.executionId)).toMatchObject({ started_at: "2026-02-23T12:00:00.000Z" });
  });

  test("that ended is not gone on with", async () => {
    const { json } = await open();
    const first = await json(["start", "--ws", "WS-1", ...human]);
    await json(["complete"]);

    const second = await json(["start", "--ws", "WS-1", ...human]);

    expect(second.executionId).not.toBe(first.executionId);
  });

  test("is bound to the session it is started in, and to its executor", async () => {
    const { json } = await open();
    const inside = { CLAUDECODE: "1", CLAUDE_CODE_SESSION_ID: "session-1" };

    const started = await json(["start", "--ws", "WS-1"], inside);

    expect(started).toMatchObject({ executor: "claude_code" });
    const [session] = await server.sql("select executor_session_id from ws_execution_sessions");
    expect(session).toMatchObject({ executor_session_id: "session-1" });
  });

  test("waits for somebody, and goes on", async () => {
    const { json } = await open();
    const { executionId } = await json(["start", "--ws", "WS-1", ...human]);

    await json(["status", "blocked"]);
    const blocked = await runOf(executionId);
    await json(["status", "STARTED"]);

    expect(blocked).toMatchObject({ status: "BLOCKED" });
    expect(await runOf(executionId)).toMatchObject({ status: "STARTED" });
  });
});

describe("a phase", () => {
  test("has to be named when several are open", async () => {
    const { wsm, json } = await open();
    await json(["start", "--ws", "WS-1", ...human]);
    await json(["phase", "start", "implement"]);
    server.clock.set("2026-02-23T12:30:00Z");
    await json(["phase", "start", "verify"]);

    const unnamed = await wsm(["phase", "end", "--result", "pass"]);
    const named = await wsm(["phase", "end", "verify", "--result", "pass"]);

    expect(unnamed.status).toBe(2);
    expect(unnamed.err).toContain("implement, verify");
    expect(named).toMatchObject({ status: 0, out: "RECORDED\n" });
  });

  test("that was never opened here is reported whole, or refused with the way to do it", async () => {
    const { wsm, json } = await open();
    const { executionId } = await json([
      "start",
      "--ws",
      "WS-1",
      "--started-at",
      "2026-02-23T10:00:00Z",
      ...human,
    ]);

    const refused = await wsm(["phase", "end", "--result", "pass"]);
    const times = ["--started-at", "2026-02-23T10:00:00Z", "--completed-at", "2026-02-23T10:04:30Z"];
    await json(["phase", "end", "implement", "--result", "pass", ...times]);

    expect(refused.status).toBe(2);
    expect(refused.err).toContain("wsm phase start");
    expect((await runOf(executionId)).phase_metrics.phases).toMatchObject([{ duration_seconds: 270 }]);
  });
});

describe("a call that is wrong ends with 2 and says what would be right", () => {
  const cases = [
    { words: ["start"], says: "--ws <id>" },
    { words: ["start", "--ws", "WS-1"], says: "--executor" },
    { words: ["start", "--ws", "", ...human], says: "must not be empty" },
    { words: ["start", "--ws", "\u0000", ...human], says: "NUL" },
    { words: ["start", "--ws", "WS-1", "--started-at", "yesterday", ...human], says: "RFC 3339" },
    { words: ["start", "--ws", "WS-1", "--id", "7", ...human], says: "UUID" },
    { words: ["phase", "start", "cooking"], says: "failing_tests, implement, verify, do_no_harm_audit" },
    { words: ["phase", "end", "implement"], says: "--result" },
    { words: ["complete", "--llm-cost-usd", "1e3"], says: "6 decimals" },
    { words: ["complete", "--tests-written", "-1"], says: "whole number" },
    { words: ["phase", "start", "verify", "--sequence", "0"], says: "whole number from 1 to 1000000000" },
    { words: ["complete"], says: "No run is known here" },
    { words: ["note-tests", "--execution", "00000000-0000-4000-8000-000000000000"], says: "nothing to note" },
    {
      words: ["bug-fix", "--description", "d", "--root-cause", "r", "--test-name", "t", "--fix-summary", "f"],
      says: "--with-human",
    },
    { words: ["strat"], says: "Did you mean start?" },
    { words: ["sync", "--fast"], says: "unknown option" },
  ];

  test.each(cases)("wsm $words", async ({ words, says }) => {
    const { wsm } = await open();

    const ended = await wsm(words);

    expect(ended).toMatchObject({ status: 2, out: "" });
    expect(ended.err).toContain(says);
  });

  const settings: readonly { env: Record<string, string>; says: string }[] = [
    { env: { WSM_URL: "ftp://there" }, says: "WSM_URL must be" },
    { env: { WSM_TIMEOUT_MS: "soon" }, says: "WSM_TIMEOUT_MS must be" },
    { env: { WSM_API_KEY_FILE: "/does/not/exist" }, says: "WSM_API_KEY_FILE cannot be read" },
    { env: { WSM_API_KEY: "wsm_a\nb" }, says: "characters that no key has" },
    { env: { WS_EXECUTION_ID: "7" }, says: "WS_EXECUTION_ID must be" },
  ];

  test.each(settings)("with $env", async ({ env, says }) => {
    const { wsm } = await open();

    const ended = await wsm(["complete"], {
      WS_EXECUTION_ID: "00000000-0000-4000-8000-000000000000",
      ...env,
    });

    expect(ended).toMatchObject({ status: 2, out: "" });
    expect(ended.err).toContain(says);
  });

  test("all that is wrong with the environment at once", async () => {
    const { wsm } = await open();

    const { err } = await wsm(["complete"], { WSM_URL: "x", WSM_TIMEOUT_MS: "x" });

    expect(err.trim().split("\n")).toHaveLength(2);
  });

  test("what the server refuses, field by field", async () => {
    const { wsm, json } = await open();
    await json(["start", "--ws", "WS-1", ...human]);

    const times = ["--started-at", "2026-02-23T11:00:00Z", "--completed-at", "2026-02-23T10:00:00Z"];
    const late = await wsm(["phase", "end", "verify", "--result", "pass", ...times]);
    const unknown = await wsm(["complete", "--execution", "00000000-0000-4000-8000-000000000000"]);

    expect(late).toMatchObject({ status: 2, err: "wsm: completedAt must not be before `startedAt`\n" });
    expect(unknown.status).toBe(2);
    expect(unknown.err).toContain("wsm start");
  });

  test("unless WSM_ALLOW_FAILURE is on: then it says so and ends with 0", async () => {
    const { wsm } = await open();

    const ended = await wsm(["complete"], { WSM_ALLOW_FAILURE: "1" });

    expect(ended.status).toBe(0);
    expect(ended.err).toContain("No run is known here");
  });
});
