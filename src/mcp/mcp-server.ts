import {
  type CallToolResult,
  McpServer,
  type StandardSchemaWithJSON,
  type ToolAnnotations,
} from "@modelcontextprotocol/server";
import type { z } from "zod";
import { version } from "../version.js";
import type { Reporting } from "./reporting.js";
import { ToolFailure, told } from "./tool-failure.js";
import {
  bugFixInput,
  bugFixOutput,
  completeInput,
  completeOutput,
  executionInput,
  executionOutput,
  metricsInput,
  metricsOutput,
  phaseInput,
  phaseOutput,
  startInput,
  startOutput,
} from "./tool-schemas.js";

const instructions = `Reports what a Work Statement (WS) is carried out: start it once, report each phase when it begins and again
with its result when it ends, report bugs you fixed, complete it at the end. Phases are failing_tests, implement, verify and
do_no_harm_audit; a failed verify is followed by implement again. Tokens and cost are counted elsewhere: never report them.
Every report can be repeated. If a report fails, go on with the work.`;

/** Schemas as the SDK takes them, whatever made them. */
interface StandardSchemas {
  readonly inputSchema: StandardSchemaWithJSON;
  readonly outputSchema: StandardSchemaWithJSON;
}

/** A report that may be repeated and takes nothing away. */
const reports: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};
const reads: ToolAnnotations = { ...reports, readOnlyHint: true };

/** A server of the Model Context Protocol with the tools by which a model reports its work. */
export function mcpServer(reporting: Reporting): McpServer {
  const server = new McpServer({ name: "ws-metrics", title: "ws-metrics", version }, { instructions });

  function tool<Input extends z.ZodObject, Output extends z.ZodObject>(
    name: string,
    about: { readonly title: string; readonly description: string; readonly annotations: ToolAnnotations },
    schemas: { readonly inputSchema: Input; readonly outputSchema: Output },
    run: (input: z.output<Input>) => Promise<z.input<Output>>,
  ): void {
    const declared: StandardSchemas = schemas;
    server.registerTool(
      name,
      { ...about, ...declared },
      async (input: unknown) => answered(run(input as z.output<Input>)), // the SDK has held it against the schema
    );
  }

  tool(
    "start_work_statement",
    {
      title: "Start a Work Statement",
      description:
        "Starts a run of a Work Statement and returns the execution_id for all other tools. Call it once, first.",
      annotations: reports,
    },
    { inputSchema: startInput, outputSchema: startOutput },
    (input) => reporting.start(input),
  );
  tool(
    "report_phase",
    {
      title: "Report a phase",
      description: "Without result: a phase begins. With result: the open phase of that name ends.",
      annotations: reports,
    },
    { inputSchema: phaseInput, outputSchema: phaseOutput },
    (input) => reporting.phase(input),
  );
  tool(
    "complete_work_statement",
    {
      title: "Complete a Work Statement",
      description:
        "Ends the run: COMPLETED, FAILED (given up), or HARD_STOP (stopped by a rule). Call it once, last.",
      annotations: reports,
    },
    { inputSchema: completeInput, outputSchema: completeOutput },
    (input) => reporting.complete(input),
  );
  tool(
    "report_bug_fix",
    {
      title: "Report a bug fix",
      description: "Records a bug that you found and fixed during the run.",
      annotations: reports,
    },
    { inputSchema: bugFixInput, outputSchema: bugFixOutput },
    (input) => reporting.bugFix(input),
  );
  tool(
    "get_execution",
    {
      title: "Show a run",
      description: "What is recorded of one run: status, phases, tests, and what it cost, phase by phase.",
      annotations: reads,
    },
    { inputSchema: executionInput, outputSchema: executionOutput },
    (input) => reporting.execution(input),
  );
  tool(
    "get_metrics",
    {
      title: "Show metrics",
      description:
        "Figures of all runs of a window: success and first-pass rates, durations, cost by phase and model.",
      annotations: reads,
    },
    { inputSchema: metricsInput, outputSchema: metricsOutput },
    (input) => reporting.metrics(input),
  );
  return server;
}

/** Structured, and the same as text for clients that know only that. */
async function answered(work: Promise<Record<string, unknown>>): Promise<CallToolResult> {
  try {
    const structuredContent = await work;
    return { structuredContent, content: [{ type: "text", text: JSON.stringify(structuredContent) }] };
  } catch (error) {
    if (!(error instanceof ToolFailure)) throw error;
    return { isError: true, content: [{ type: "text", text: told(error) }] };
  }
}
