import { test } from "vitest";
import { always } from "../support/property.js";
import { startTestServer } from "../support/server.js";
import { tellings } from "./history.arbitrary.js";
import { expectSameRun } from "./replay.js";

const server = await startTestServer();

test("the events of a run make the same execution in any order, however often each is told", async () => {
  await always(tellings, { runs: 25, seconds: 5 }, (telling) => expectSameRun([server], telling));
});
