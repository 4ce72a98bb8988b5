import { expect, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { expectSoundReads, expectSoundRows } from "./invariants.js";

const server = await startTestServer();

async function givenSoundRows(): Promise<void> {
  await given(server).execution({ ws_id: "WS-2" }).inProgress();
  const described = given(server).execution().phase("verify", { result: "fail" }).phase("implement");
  await (await described.completed()).withLlmCall({ costUsd: 1 });
}

test.each([
  ["a phase of which the document does not tell", "delete from ws_phases where name = 'verify'"],
  ["a document without its phases", `update ws_executions set phase_metrics = '{"phases": []}'`],
  ["another rework than the phases show", "update ws_executions set derived_rework_cycles = 7"],
  ["more tests than were written", "update ws_phases set tests_written = 99"],
  ["a cost that no call has", "update ws_executions set logged_cost_usd = 9"],
  ["a call that cost more than its run", "update llm_calls set reported_cost_usd = 7"],
  [
    "a call of another run",
    "update llm_calls set claimed_execution_id = (select id from ws_executions where ws_id = 'WS-2')",
  ],
  ["a start before the year 2000", "update ws_executions set started_at = '1999-01-01Z'"],
  ["damaged text", "update ws_executions set wp_id = 'a' || chr(65533)"],
  ["a sequence that the server gave twice", "update ws_phases set sequence = 1"],
])("rows are not sound with %s", async (_, damage) => {
  await givenSoundRows();

  await server.sql(damage);

  await expect(expectSoundRows(server)).rejects.toThrow();
});

test("rows that are sound are found so, and are read soundly", async () => {
  await givenSoundRows();

  await expectSoundRows(server);
  await expectSoundReads(server);
});
