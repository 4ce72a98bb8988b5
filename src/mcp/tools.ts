import { McpServer, type StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { z } from "zod";
import { explain, type MetricsError } from "../errors.js";
import type { Limits } from "../limits.js";
import { version } from "../version.js";
import { reportBugFix } from "./bug-fix.tools.js";
import { completeWorkStatement, getExecution, startWorkStatement } from "./execution.tools.js";
import { shownFields } from "./fields.js";
import { getMetrics } from "./metrics.tools.js";
import { reportPhase } from "./phase.tools.js";
import type { Reporting } from "./reporting.js";
import { inputOf, respelled, type Tool } from "./tool.js";
import { toolError } from "./tool-error.js";

/** All that a model can do here. */
const tools: readonly Tool[] = [
  startWorkStatement,
  reportPhase,
  completeWorkStatement,
  reportBugFix,
  getExecution,
  getMetrics,
];

/** What a model reads before it sees a tool; clients cut it at 2 KB. */
export const instructions = `Reports how a unit of AI work (a Work Statement) goes, and shows what it cost.

While you carry out a Work Statement:
1. start_work_statement when you begin; keep its execution_id.
2. report_phase when a phase begins (name only) and again when it ends (with result). The phases, in their usual order: failing_tests, implement, verify, do_no_harm_audit. A verify that fails and is done again is two phases.
3. report_bug_fix for each bug that you find and fix on the way.
4. complete_work_statement when it is done (COMPLETED), given up (FAILED) or stopped (HARD_STOP).

Never report tokens or costs: they are measured by telemetry. Times may be left out; they are then now. A call that failed or was not answered may be repeated with the same arguments. An error says what to do next; no failure of a report is a reason to stop the work. get_execution and get_metrics answer questions about runs and costs.`;

/** Makes the server of one connection, or of one request, whose tools report to `reporting`. */
export type ToolServer = (reporting: Reporting, noteFailure?: (error: MetricsError) => void) => McpServer;

/**
 * The tools as the limits shape them; their schemas are made once.
 * @param findsExecution whether the run that is meant is found where none is named
 */
export function toolServer(limits: Limits, findsExecution = false): ToolServer {
  const fields = shownFields(limits, findsExecution);
  const shown = tools.map((tool) => {
    const input = tool.input(fields);
    return { tool, input, inputSchema: shownOnly(input), outputSchema: remembered(tool.output) };
  });
  const about = { name: "ws-metrics", title: "Work Statement metrics", version };
  const options = { instructions, capabilities: { tools: { listChanged: false } } };
  return (reporting, noteFailure) => {
    const server = new McpServer(about, options);
    for (const { tool, input, inputSchema, outputSchema } of shown) {
      const { name, title, description, annotations } = tool;
      server.registerTool(
        name,
        { title, description, annotations, inputSchema, outputSchema },
        async (sent) => {
          try {
            const answer = await tool.answer(reporting, inputOf(tool, input, sent));
            return { structuredContent: answer, content: [{ type: "text", text: JSON.stringify(answer) }] };
          } catch (thrown) {
            const error = respelled(tool, explain(thrown));
            noteFailure?.(error);
            return toolError(error);
          }
        },
      );
    }
    return server;
  };
}

/** A schema that a client is shown and nothing is held against: the operations refuse, and say why in their words. */
function shownOnly(schema: z.ZodObject): StandardSchemaWithJSON {
  const { "~standard": shown } = remembered(schema);
  return { "~standard": { ...shown, validate: (value) => ({ value }) } };
}

/** The same schema, whose JSON Schema is made once. */
function remembered(schema: z.ZodObject): StandardSchemaWithJSON {
  const { "~standard": standard } = schema;
  const { jsonSchema } = standard;
  const made = new Map<string, Record<string, unknown>>();
  const once =
    (side: "input" | "output") =>
    (options: Parameters<typeof jsonSchema.input>[0]): Record<string, unknown> => {
      const key = `${side} ${options.target}`;
      const known = made.get(key) ?? jsonSchema[side](options);
      made.set(key, known);
      return known;
    };
  return {
    "~standard": {
      version: 1,
      vendor: standard.vendor,
      validate: (value) => standard.validate(value),
      jsonSchema: { input: once("input"), output: once("output") },
    },
  };
}
