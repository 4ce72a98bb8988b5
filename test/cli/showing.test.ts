import { describe, expect, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { openDesk } from "../support/wsm.js";

const server = await startTestServer({ clock: "2026-02-23T12:00:00.000Z" });
const open = () => openDesk(server.url, server.clock.now);
const id = "7c1d7d5e-7e5b-4b6e-9f0a-2f6f3f0c8a11";

/** One completed run that cost 0.05286, 0.0342 of it in `implement`. */
async function givenRun(wsId = "WS-112") {
  await server.post("/ws-execution", {
    ...{ id, ws_id: wsId, wp_id: "WP-17", executor: "claude_code", status: "COMPLETED" },
    ...{ started_at: "2026-02-23T10:00:00Z", completed_at: "2026-02-23T10:19:30Z" },
    phase_metrics: {
      phases: [
        {
          name: "failing_tests",
          result: "pass",
          started_at: "2026-02-23T10:00:00Z",
          completed_at: "2026-02-23T10:04:30Z",
        },
        {
          name: "implement",
          result: "pass",
          started_at: "2026-02-23T10:04:30Z",
          completed_at: "2026-02-23T10:19:00Z",
        },
      ],
    },
    test_metrics: { written: 6, passing: 14 },
  });
  const call = (sourceKey: string, startedAt: string, costUsd: number) => ({
    ...{ sourceKey, executionId: id, model: "claude-sonnet-4-5", startedAt, costUsd },
  });
  await server.graphql("mutation ($input: [LlmCallInput!]!) { recordLlmCalls(input: $input) { outcome } }", {
    input: [call("1", "2026-02-23T10:01:00Z", 0.01866), call("2", "2026-02-23T10:05:00Z", 0.0342)],
  });
}

describe("wsm show", () => {
  test("shows a run, phase by phase", async () => {
    await givenRun();
    const { wsm } = await open();

    const { status, out } = await wsm(["show", id]);

    expect(status).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "WS-112 of WP-17  COMPLETED  by claude_code
      7c1d7d5e-7e5b-4b6e-9f0a-2f6f3f0c8a11

      started   2026-02-23 10:00 UTC, ended 2026-02-23 10:19 UTC, 19m 30s
      cost      $0.0529 (from its calls, 100% of 2 calls priced)
      rework    0
      tests     6 written, 14 passing, 0 failing, 0 skipped
      files     0 created, 0 modified, 0 deleted

      phase                                                                          cost     time  result
      failing_tests  ████████████████████████████████▎                            $0.0187   4m 30s  pass
      implement      ███████████████████████████████████████████████████████████  $0.0342  14m 30s  pass
      "
    `);
  });

  test("gives its data as JSON and its phases as CSV", async () => {
    await givenRun();
    const { wsm, json } = await open();

    expect(await json(["show", id])).toMatchObject({ execution: { id, cost: { totalUsd: 0.05286 } } });
    expect((await wsm(["show", id, "--csv"])).out).toBe(
      "phase,duration_seconds,result,cost_usd\r\nfailing_tests,270,pass,0.01866\r\nimplement,870,pass,0.0342\r\n",
    );
  });

  test("says so when there is no such run", async () => {
    const { wsm } = await open();

    expect(await wsm(["show", id])).toMatchObject({
      status: 2,
      out: "",
      err: expect.stringContaining("There is no run"),
    });
  });

  test("lets no text of a run steer the terminal", async () => {
    await givenRun("WS\u001b[2J");
    const { wsm } = await open();

    expect((await wsm(["show", id])).out).not.toContain("\u001b");
  });
});

describe("wsm scoreboard", () => {
  test("shows a window on one screen", async () => {
    await givenRun();
    const { wsm } = await open();

    const { out } = await wsm(["scoreboard"]);

    expect(out).toMatchInlineSnapshot(`
      "Scoreboard  the last 7 days, as of 2026-02-23 12:00 UTC

      runs                    1    first-pass verify    100%    LLM cost          $0.0529
      success rate         100%    average duration  19m 30s    per completed WS  $0.0529
      of settled runs      100%    p95 duration      19m 30s    autonomous bug fixes    0

      started                                          0      0%
      completed  ██████████████████████████████        1    100%
      failed                                           0      0%
      hard_stop                                        0      0%
      blocked                                          0      0%

      trend          2026-02-16 to 2026-02-23
      completed      ·······█  1
      cost           ·······█  $0.0529
      cost per WS    ·······█  $0.0529
      "
    `);
  });

  test("shows what is not known as a dash, never as 0", async () => {
    const { wsm } = await open();

    const { status, out } = await wsm(["scoreboard", "--window", "all"]);

    expect(status).toBe(0);
    expect(out).toMatch(/success rate +–/);
    expect(out).toMatch(/per completed WS +–/);
  });

  test("gives its data as JSON and CSV", async () => {
    await givenRun();
    const { wsm, json } = await open();

    expect(await json(["scoreboard"])).toMatchObject({
      scoreboard: { totalRuns: 1, llmCostUsd: 0.05286 },
      trend: expect.any(Array),
    });
    expect((await wsm(["scoreboard", "--csv"])).out).toContain("\nllmCostUsd,0.05286\r\n");
  });
});

describe("wsm scoreboard --compare", () => {
  test("shows how the figures went, what is a small sample, and how many runs are silent", async () => {
    await givenRun();
    await given(server).execution({ started_at: "2026-02-15T12:00:00Z" }).failed({ llm_cost_usd: 2 });
    server.clock.set("2026-02-21T12:00:00.000Z");
    await given(server).execution().inProgress();
    server.clock.set("2026-02-23T12:00:00.000Z");
    const { wsm, json } = await open();

    const { out } = await wsm(["scoreboard", "--compare"]);

    expect(out.split("\n").slice(2, 9).join("\n")).toMatchInlineSnapshot(`
      "runs                    2 ▲1    first-pass verify       100%    LLM cost      $0.0529 ▼$1.95
      success rate       50% ▲50pp    average duration     19m 30s    per completed WS     $0.0529
      of settled runs  100% ▲100pp    p95 duration         19m 30s    autonomous bug fixes       0

      ▲ ▼ since the window of the same length right before
      small sample: fewer than 30 completed runs here, so averages and rates may be chance
      1 in progress without a sign of life for more than 24 hours"
    `);
    expect(await json(["scoreboard", "--compare"])).toMatchObject({
      scoreboard: { change: { totalRuns: { difference: 1, relative: 1 } }, silentRuns: { count: 1 } },
    });
    const { out: csv } = await wsm(["scoreboard", "--compare", "--csv"]);
    expect(csv).toContain("\nchange.totalRuns,1\r\n");
    expect(csv).toContain("\nsilentRuns,1\r\n");
  });

  test("has nothing to compare all time with", async () => {
    const { wsm } = await open();

    expect((await wsm(["scoreboard", "--compare", "--window", "all"])).out).toContain(
      "Nothing comes before all time.",
    );
  });
});

describe("wsm report", () => {
  test("shows a range, and on what it was spent", async () => {
    await givenRun();
    const { wsm } = await open();

    const { out } = await wsm(["report", "--last", "2d"]);

    expect(out).toMatchInlineSnapshot(`
      "Report  2026-02-21 12:00 to 2026-02-23 12:00 UTC

      WS completed            1    tests written           6    spent             $0.0529
      average duration  19m 30s    autonomous bug fixes    0    spent on no run     $0.00
      average rework          0    cost per WS       $0.0529    unpriced calls          0

      trend          2026-02-21 to 2026-02-23
      completed      ··█  1
      cost           ··█  $0.0529
      cost per WS    ··█  $0.0529

      phase                                                                       cost  share  calls  runs
      implement      ████████████████████████████████████████████████████████  $0.0342  64.7%      1     1
      failing_tests  ██████████████████████████████▌                           $0.0187  35.3%      1     1
      total                                                                    $0.0529   100%      2

      model                                                                       cost  share  calls  runs
      claude-sonnet-4-5  ████████████████████████████████████████████████████  $0.0529   100%      2     1
      total                                                                    $0.0529   100%      2

      ws                                                                          cost  share  calls  runs
      WS-112  ███████████████████████████████████████████████████████████████  $0.0529   100%      2     1
      total                                                                    $0.0529   100%      2
      "
    `);
  });

  test("breaks cost down by one thing in full, as CSV that no spreadsheet takes for formulas", async () => {
    await givenRun("=1+1");
    const { wsm } = await open();

    expect((await wsm(["report", "--by", "ws", "--csv"])).out).toContain("'=1+1,0.05286,2,1");
  });

  test("lists runs", async () => {
    await givenRun();
    const { wsm, json } = await open();

    expect((await wsm(["report", "--executions"])).out).toContain("WS-112");
    expect(await json(["report", "--executions"])).toMatchObject({ executions: [{ id }], totalCount: 1 });
  });

  test.each([
    [["--last", "soon"], "12h, 7d or 4w"],
    [["--from", "2026-02-30"], "a day"],
    [["--from", "2026-02-01", "--last", "7d"], "not both"],
    [["--by", "colour"], "Allowed choices"],
    [["--executions", "--limit", "0"], "from 1"],
    [["--time-zone", "Mars"], "zone"],
  ])("refuses %j", async (words, says) => {
    const { wsm } = await open();

    const { status, err } = await wsm(["report", ...words]);

    expect(status).toBe(2);
    expect(err).toContain(says);
  });
});

test("questions fail when the server is away, with the status of what could not be delivered", async () => {
  const { wsm } = await openDesk("http://127.0.0.1:1");

  expect(await wsm(["scoreboard"])).toMatchObject({ status: 3, out: "" });
});
