import { describe, test } from "vitest";
import { given } from "../support/given.js";
import { startTestServer } from "../support/server.js";
import { expectRefusal } from "./refusal.js";
import { reportCases } from "./report.cases.js";
import { pathThrough, reportThrough } from "./reports.js";

const server = await startTestServer();

const startOfRun = "2026-02-23T10:00:00.000Z";

describe.each(["rest", "graphql"] as const)("a report through %s is refused", (door) => {
  for (const { name, on, fields, errors } of reportCases) {
    test(name, async () => {
      const run = await given(server).execution({ started_at: startOfRun }).phase("implement").inProgress();

      const sent = reportThrough(door, on, run.id, fields);

      const spelled = Object.entries(errors).map(([path, says]) => [pathThrough(door, on, path), says]);
      await expectRefusal(server, door, sent, {
        code: "BAD_USER_INPUT",
        errors: Object.fromEntries(spelled),
      });
    });
  }
});
