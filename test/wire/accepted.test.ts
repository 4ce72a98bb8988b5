import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { exchange } from "./exchange.js";
import { type Fields, type Report, reportThrough } from "./reports.js";

const server = await startTestServer();

const emoji = "😀";
const upper = randomUUID().toUpperCase();

/** Values right at their limits, and how REST shows them afterwards where that is not as they were sent. */
const cases: readonly (readonly [string, Report, Fields, Fields?])[] = [
  ["256 emojis", "start", { ws_id: emoji.repeat(256) }],
  ["an executor of 64 emojis", "start", { executor: emoji.repeat(64) }],
  [
    "text that looks like SQL and HTML",
    "start",
    { ws_id: `'; drop table x; -- <b>&amp;"\\`, wp_id: "\u0001\u200b\n" },
  ],
  ["decomposed and composed letters, each as sent", "start", { ws_id: "e\u0301", wp_id: "\u00e9" }],
  ["a UUID in upper case, folded", "start", { id: upper }, { id: upper.toLowerCase() }],
  [
    "the first instant that counts",
    "start",
    { started_at: "2000-01-01T00:00:00Z" },
    { started_at: "2000-01-01T00:00:00.000Z" },
  ],
  [
    "24 hours ahead",
    "start",
    { started_at: "2026-02-24T12:00:00Z" },
    { started_at: "2026-02-24T12:00:00.000Z" },
  ],
  [
    "an offset",
    "start",
    { started_at: "2026-02-23T12:00:00+05:45" },
    { started_at: "2026-02-23T06:15:00.000Z" },
  ],
  [
    "February 29",
    "start",
    { started_at: "2024-02-29t10:00:00z" },
    { started_at: "2024-02-29T10:00:00.000Z" },
  ],
  [
    "microseconds, cut",
    "start",
    { started_at: "2026-02-23T10:00:00.123999Z" },
    { started_at: "2026-02-23T10:00:00.123Z" },
  ],
  [
    "null for what is optional",
    "start",
    { wp_id: null, started_at: null, scope_id: null },
    { wp_id: null, scope_id: null },
  ],
  [
    "the largest counts",
    "update",
    { llm_calls: 2_147_483_647, rework_cycles: 2_147_483_647, llm_tokens_in: 0 },
  ],
  ["the largest amount", "update", { llm_cost_usd: 999_999.999999 }],
  ["the smallest amount", "update", { llm_cost_usd: 0.000001 }],
  [
    "10,000 paths",
    "update",
    { file_metrics: { created: Array(10_000).fill("a"), modified: [], deleted: [] } },
  ],
  [
    "a path of 4,096 emojis",
    "update",
    { file_metrics: { created: [emoji.repeat(4_096)], modified: [], deleted: [] } },
  ],
  [
    "an end at the very start",
    "complete",
    { completed_at: "2026-02-23T10:00:00.000Z" },
    { duration_seconds: 0 },
  ],
  ["a bug fix of 10,000 emojis", "bugFix", { description: emoji.repeat(10_000), fix_summary: "" }],
];

describe.each(["rest", "graphql"] as const)("%s accepts", (door) => {
  for (const [name, on, fields, shown = fields] of cases) {
    test(name, async () => {
      const run = await given(server).execution({ started_at: "2026-02-23T10:00:00.000Z" }).inProgress();

      const { status, text } = await exchange(server.url, reportThrough(door, on, run.id, fields));

      expect(status, text).toBeLessThan(300);
      expect(JSON.parse(text)).not.toHaveProperty("errors");
      const { body } = await server.get<{ executions: (Fields & { bug_fixes: Fields[] })[] }>(
        "/ws-executions",
      );
      const all = body.executions.flatMap((execution) => [execution, ...execution.bug_fixes]);
      expect(all).toContainEqual(expect.objectContaining(shown));
    });
  }
});
