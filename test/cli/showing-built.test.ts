import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeEach, expect, test } from "vitest";
import { loadData } from "../../bench/seed/load.js";
import { startTestServer } from "../support/server.js";

const until = new Date();
const server = await startTestServer({ clock: until.toISOString() }); // commands have clocks of their own
const plan = { seed: 1, executions: 60, callsDays: 365, until };
beforeEach(() => loadData(server.database.store, plan));

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const state = await mkdtemp(join(tmpdir(), "wsm-showing-test-"));
afterAll(() => rm(state, { recursive: true, force: true }));

/** What the built `wsm` writes to standard output; fails unless it ends with 0. */
async function wsm(...words: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH, WSM_URL: server.url, WSM_STATE_DIR: state };
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...words], { env, cwd: state });
  return stdout;
}

test("the built wsm shows what a database full of runs came to, the same on every command", async () => {
  const year = ["report", "--last", "366d"];
  const [screen, board, report, phases, runs] = await Promise.all([
    wsm("scoreboard", "--window", "all"),
    wsm("scoreboard", "--window", "all", "--json").then(JSON.parse),
    wsm(...year, "--json").then(JSON.parse),
    wsm(...year, "--by", "phase", "--csv"),
    wsm(...year, "--executions", "--limit", "100", "--csv"),
  ]);

  expect(screen).toMatch(/^Scoreboard {2}all time, as of .* UTC\n[\s\S]*\ncompleted +█/);
  expect(board.scoreboard.totalRuns).toBe(plan.executions);
  const { totalUsd } = report.costSummary;
  expect(totalUsd).toBeGreaterThan(0);
  expect(sumOfColumn(phases, "cost_usd")).toBeCloseTo(totalUsd, 6);
  expect(recordsOf(runs)).toHaveLength(plan.executions + 1);
  expect(sumOfColumn(runs, "cost_usd")).toBeCloseTo(totalUsd - report.costSummary.unattributedUsd, 6);
});

/** The lines of CSV in which no field has a line break. */
const recordsOf = (csv: string) => csv.trimEnd().split("\r\n");

function sumOfColumn(csv: string, name: string): number {
  const [titles = "", ...records] = recordsOf(csv);
  const index = titles.split(",").indexOf(name);
  return records.reduce((sum, record) => sum + Number(record.split(",")[index]), 0);
}
