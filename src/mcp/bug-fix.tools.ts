import { z } from "zod";
import { reportedShape } from "./fields.js";
import { idOf } from "./phase.tools.js";
import type { Input } from "./reporting.js";
import { reported, type Tool, withExecution, writes } from "./tool.js";

/** Records a bug that was fixed. */
export const reportBugFix: Tool = {
  name: "report_bug_fix",
  title: "Report a bug fix",
  description:
    "Call when you found and fixed a bug during the Work Statement. The same report sent again changes nothing.",
  annotations: writes,
  input: ({ uuid, execution, text, identifier, paths }) =>
    z.strictObject({
      execution_id: execution,
      description: text.describe("What was wrong."),
      root_cause: text.describe("Why."),
      test_name: identifier.describe("The test that shows it."),
      fix_summary: text.describe("What was changed."),
      autonomous: z.boolean().describe("true when no human helped."),
      files_modified: paths.optional(),
      scope_id: identifier.optional(),
      bug_fix_id: uuid.optional().describe("A UUID of your own; made of the report when absent."),
    }),
  output: z.object({ ...reportedShape, bug_fix_id: z.string() }),
  names: { bugFixId: "id" },
  answer: async (reporting, sent) => {
    const input = await withExecution(reporting, sent, "executionId");
    const id = input.id ?? idOfReport(input);
    return { ...reported(await reporting.recordBugFix({ ...input, id })), bug_fix_id: id };
  },
};

/** A UUID of the report itself (RFC 9562, version 8). */
function idOfReport(input: Input): string {
  const hex = idOf(Object.entries(input).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return [...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20)].join("-");
}
