import { randomUUID } from "node:crypto";
import type { BugFix } from "../domain/bug-fix.js";
import * as bugFixes from "../services/bug-fix.service.js";
import { bugFixSchema } from "./bug-fix.schema.js";
import { record } from "./fields.schema.js";
import type { Joint } from "./gathering.js";
import { operation } from "./operation.js";
import { ofWrite } from "./outcomes.js";
import { reporters, reportersAndReaders } from "./roles.js";

/** Links a bug fix to a run; without an id the server makes one. */
export const recordBugFix = operation({
  name: "recordBugFix",
  kind: "write",
  roles: reporters,
  schema: bugFixSchema,
  outcomes: ofWrite,
  run: (work, { id = randomUUID(), ...report }) => bugFixes.recordBugFix(work, { id, ...report }),
});

/** The bug fixes of runs of several requests. */
const bugFixesOfRuns: Joint<string, readonly BugFix[]> = {
  kind: "read",
  run: async (work, ids) => {
    const found = new Map(ids.map((id): [string, BugFix[]] => [id, []]));
    for (const bugFix of await bugFixes.bugFixesOf(work, [...found.keys()]))
      found.get(bugFix.executionId)?.push(bugFix);
    return ids.map((id) => found.get(id) ?? []);
  },
};

/** The bug fixes of runs that were read; asked for by a page of them at once. */
export const executionBugFixes = operation({
  name: "executionBugFixes",
  kind: "read",
  roles: reportersAndReaders,
  schema: (fields) => record({ executionIds: fields.uuid.array() }),
  run: (work, { executionIds }) => bugFixes.bugFixesOf(work, executionIds),
  gather: (gather, { executionIds: [id, ...others] }) =>
    id === undefined || others.length > 0 ? undefined : gather(bugFixesOfRuns, id),
});
