import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ErrorCode } from "../../src/errors.js";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { exchange, restPost } from "./exchange.js";
import { type Door, expectRefusal } from "./refusal.js";
import { type Fields, pathThrough, type Report, reportThrough } from "./reports.js";

const server = await startTestServer();

const startOfRun = "2026-02-23T10:00:00.000Z";
const phase = { event_id: "event-1", name: "verify", started_at: startOfRun };

interface RuleCase {
  readonly name: string;
  readonly code: ErrorCode;
  readonly on: Report;
  readonly fields: (id: string) => Fields;
  /** How the run stands when the report arrives; in progress unless said otherwise. */
  readonly ended?: boolean;
  readonly errors?: Readonly<Record<string, RegExp>>;
}

const cases: readonly RuleCase[] = [
  ...(["update", "complete", "phase"] as const).map((on) => ({
    name: `${on} of an unknown run`,
    code: "NOT_FOUND" as const,
    on,
    fields: () => ({ id: randomUUID() }),
  })),
  {
    name: "bug fix of an unknown run",
    code: "NOT_FOUND",
    on: "bugFix",
    fields: () => ({ ws_execution_id: randomUUID() }),
  },
  {
    name: "start of a known run for another Work Statement",
    code: "CONFLICT",
    on: "start",
    fields: (id) => ({ id, ws_id: "WS-OTHER", executor: "claude_code" }),
  },
  {
    name: "start of a known run by another executor",
    code: "CONFLICT",
    on: "start",
    fields: (id) => ({ id, ws_id: "WS-1", executor: "human" }),
  },
  {
    name: "another end of a run that ended",
    code: "CONFLICT",
    on: "complete",
    fields: () => ({ status: "FAILED", llm_calls: 9 }),
    ended: true,
  },
  {
    name: "a run that ended going on",
    code: "CONFLICT",
    on: "update",
    fields: () => ({ status: "STARTED", llm_calls: 9 }),
    ended: true,
  },
  {
    name: "a run that ended being blocked",
    code: "CONFLICT",
    on: "update",
    fields: () => ({ status: "BLOCKED" }),
    ended: true,
  },
  {
    name: "an end before the start that is stored",
    code: "BAD_USER_INPUT",
    on: "complete",
    fields: () => ({ completed_at: "2026-02-23T09:59:59.999Z", rework_cycles: 3 }),
    errors: { completed_at: /must not be before/ },
  },
];

describe.each(["rest", "graphql"] as const)("%s refuses, and keeps everything as it was,", (door: Door) => {
  for (const { name, code, on, fields, ended = false, errors } of cases) {
    test(name, async () => {
      const described = given(server).execution({ started_at: startOfRun }).phase("implement");
      const run = await (ended ? described.completed() : described.inProgress());
      await run.withBugFix().then((fixed) => fixed.withLlmCall({ costUsd: 0.5 }));

      const sent = reportThrough(door, on, run.id, fields(run.id));

      const spelled = Object.entries(errors ?? {}).map(([path, says]) => [pathThrough(door, on, path), says]);
      await expectRefusal(server, door, sent, {
        code,
        ...(errors && { errors: Object.fromEntries(spelled) }),
      });
    });
  }

  test("a late start after the end that is stored", async () => {
    const run = await given(server).execution({ started_at: startOfRun }).completed();
    const late = { id: run.id, ws_id: "WS-1", executor: "claude_code", started_at: "2026-02-23T11:59:00Z" };

    await expectRefusal(server, door, reportThrough(door, "start", run.id, late), {
      code: "BAD_USER_INPUT",
      message: /started.?at: must not be after `completed.?at`/i,
    });
  });
});

describe("REST refuses all of a report of which one part is wrong:", () => {
  const start = { id: randomUUID(), ws_id: "WS-2", executor: "human", started_at: startOfRun };
  const bad = (errors: Readonly<Record<string, RegExp>>) => ({ code: "BAD_USER_INPUT" as const, errors });
  const refused: readonly (readonly [string, object, ReturnType<typeof bad>])[] = [
    [
      "a start whose second phase ends before it begins",
      {
        ...start,
        phase_metrics: {
          phases: [phase, { ...phase, event_id: "e-2", completed_at: "2026-02-23T09:00:00Z" }],
        },
      },
      bad({ "phase_metrics.phases.1.completed_at": /must not be before `started_at`/ }),
    ],
    [
      "a start that ends before it begins",
      { ...start, status: "COMPLETED", completed_at: "2026-02-23T09:59:59Z" },
      bad({ completed_at: /must not be before `started_at`/ }),
    ],
    [
      "an end without a final status",
      { ...start, status: "BLOCKED", completed_at: startOfRun },
      bad({ completed_at: /COMPLETED, FAILED, HARD_STOP/ }),
    ],
    ["an end without any status", { ...start, completed_at: startOfRun }, bad({ completed_at: /status/ })],
    [
      "one phase and a list of phases",
      { ...start, phase, phase_metrics: { phases: [] } },
      bad({ phase: /phase_metrics/ }),
    ],
    ["a start without its executor", { ...start, executor: undefined }, bad({ executor: /is required/ })],
    [
      "a field in camel case",
      { ...start, wpId: "WP-1", phase: { ...phase, testsWritten: 1 } },
      bad({ wpId: /is not a field.*wp_id/, "phase.testsWritten": /is not a field.*tests_written/ }),
    ],
    [
      "phases that are no list",
      { ...start, phase_metrics: { phases: phase } },
      bad({ "phase_metrics.phases": /must be a list/ }),
    ],
    [
      "phases that are missing",
      { ...start, phase_metrics: {} },
      bad({ "phase_metrics.phases": /is required/ }),
    ],
    [
      "a path that is no list",
      { ...start, file_metrics: { created: "a" } },
      bad({ "file_metrics.created": /must be a list of paths/ }),
    ],
    [
      "1,001 phases",
      { ...start, phase_metrics: { phases: Array(1_001).fill(phase) } },
      bad({ "phase_metrics.phases": /at most 1000 items/ }),
    ],
  ];
  for (const [name, body, refusal] of refused) {
    test(name, async () => {
      await expectRefusal(server, "rest", restPost("/ws-execution", body), refusal);
    });
  }

  test("a conflict, with phases beside it", async () => {
    const run = await given(server).execution({ started_at: startOfRun }).completed();
    const body = { id: run.id, status: "FAILED", phase };

    await expectRefusal(server, "rest", restPost("/ws-execution", body), { code: "CONFLICT" });
  });

  test("a bug fix that names its run as GraphQL does", async () => {
    const run = await given(server).execution().inProgress();
    const sent = reportThrough("rest", "bugFix", run.id, {
      ws_execution_id: undefined,
      execution_id: run.id,
    });

    await expectRefusal(
      server,
      "rest",
      sent,
      bad({ execution_id: /is not a field.*ws_execution_id/, ws_execution_id: /is required/ }),
    );
  });
});

test("what is refused once is accepted when it is put right", async () => {
  const run = await given(server).execution({ started_at: startOfRun }).inProgress();
  const early = { id: run.id, status: "COMPLETED", completed_at: "2026-02-23T09:00:00Z" };
  await expectRefusal(server, "rest", restPost("/ws-execution", early), { code: "BAD_USER_INPUT" });

  const { status } = await exchange(
    server.url,
    restPost("/ws-execution", { ...early, completed_at: "2026-02-23T11:00:00Z" }),
  );

  expect(status).toBe(200);
});
