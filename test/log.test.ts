import { afterAll, expect, test } from "vitest";
import { openLog } from "../src/log.js";
import { insert } from "../src/store/bug-fix.repository.js";
import { openTestDatabase } from "./support/database.js";

const secret = "canary-4711";

const database = await openTestDatabase();
afterAll(() => database.close());

/** What the log holds after `err` was logged: the line as written, and what stands in it. */
function logged(err: unknown) {
  let line = "";
  const log = openLog("info", {
    write: (text) => {
      line += text;
    },
  });
  log.error({ reqId: "find-me", err }, "it failed");
  return { line, entry: JSON.parse(line) as Record<string, unknown> };
}

async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  return work().then(
    () => expect.fail("it did not fail"),
    (failure: unknown) => failure,
  );
}

test("of a failed statement the log tells its text and its SQLSTATE, and none of its parameters", async () => {
  await database.sql(
    "alter table ws_bug_fixes add constraint foreseen_by_nobody check (description = 'other')",
  );
  const bugFix = {
    ...{ id: "3f0c0d2e-0000-4000-8000-000000000001", executionId: "3f0c0d2e-0000-4000-8000-000000000002" },
    ...{ description: secret, rootCause: secret, testName: secret, fixSummary: secret },
    ...{ filesModified: [secret], autonomous: true, scopeId: secret },
  };

  const failure = await failureOf(() => database.store.write((db) => insert(db, bugFix, new Date())));

  const { line, entry } = logged(failure);
  expect(String(failure)).toContain(secret); // else this test shows nothing
  expect(line).not.toContain(secret);
  expect(entry.err).toMatchObject({
    message: "Failed query",
    statement: expect.stringMatching(/insert into "ws_bug_fixes".*\$1/),
    stack: expect.stringMatching(/^at /),
    cause: { code: "23514", message: expect.stringContaining("foreseen_by_nobody") },
  });
});

test("what else hangs on an error is not told, whatever it is and however deep", () => {
  const inner = Object.assign(new Error("inner"), {
    detail: secret,
    parameters: [secret],
    headers: { secret },
  });
  const outer = Object.assign(new Error("outer", { cause: inner }), { config: { password: secret } });
  const all = new AggregateError([outer, secret], "all of them");

  const { line, entry } = logged(all);

  expect(line).not.toContain(secret);
  expect(entry.err).toMatchObject({
    message: "all of them",
    errors: [{ message: "outer", cause: { message: "inner" } }, { type: "string" }],
  });
});

test("an error that is logged by itself is told in the same way", () => {
  const lines: string[] = [];
  const log = openLog("info", { write: (text) => lines.push(text) });

  log.error(Object.assign(new Error("alone"), { detail: secret }));

  expect(lines.join()).toContain('"alone"');
  expect(lines.join()).not.toContain(secret);
});
