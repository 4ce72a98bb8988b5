import type { z } from "zod";
import { executorEnvironment } from "../domain/executor-environment.js";
import { inSnakeWords, withCamelNames } from "../domain/snake-names.js";
import type { FieldError } from "../errors.js";
import { recordBugFix } from "../operations/bug-fix.operations.js";
import { submitExecution } from "../operations/execution-submission.operations.js";
import type { Perform } from "../operations/perform.js";
import { bugFixWriteAnswer, executionWriteAnswer } from "./answers/execution.answer.js";
import { presentBugFix, presentExecution } from "./execution.presenter.js";
import { refuseUnknown } from "./parameters.js";
import type { RestRequest, RestRoute } from "./route.js";

/** A bug fix names its execution by the column that links it. */
const executionColumn = { rest: "ws_execution_id", camel: "wsExecutionId", field: "executionId" } as const;

async function postExecution(perform: Perform, { body, query, baseUrl }: RestRequest) {
  refuseUnknown({}, query);
  const submitted = await perform(submitExecution, withCamelNames(body));
  const { outcome, created, isStart, execution, phaseOutcomes } = submitted;
  const presented = await presentExecution(perform, execution);
  const phases = phaseOutcomes.map(({ eventId, outcome: result }) => ({
    event_id: eventId,
    outcome: result,
  }));
  return {
    status: created ? 201 : 200,
    body: {
      ...presented,
      outcome,
      ...(phases.length > 0 && { phase_outcomes: phases }),
      ...(isStart && { executor_env: executorEnvironment(execution.id, baseUrl) }),
    } satisfies z.input<typeof executionWriteAnswer>,
  };
}

async function postBugFix(perform: Perform, { body, query }: RestRequest) {
  refuseUnknown({}, query);
  const { outcome, bugFix } = await perform(recordBugFix, renamed(withCamelNames(body)));
  return {
    status: outcome === "RECORDED" ? 201 : 200,
    body: { ...presentBugFix(bugFix), outcome } satisfies z.input<typeof bugFixWriteAnswer>,
  };
}

function renamed(input: unknown): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  const { camel, field } = executionColumn;
  const names: Readonly<Record<string, string>> = { [camel]: field, [field]: JSON.stringify("execution_id") };
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [names[name] ?? name, value]));
}

function spellBugFixError({ path, message }: FieldError): FieldError {
  const { camel, field } = executionColumn;
  return inSnakeWords({ path: path === field ? camel : path, message: message.replaceAll(field, camel) });
}

const json = (schema: z.ZodType) => ({ "application/json": schema });

export const writeRoutes: readonly RestRoute[] = [
  {
    method: "POST",
    path: "/ws-execution",
    roles: submitExecution.roles,
    answer: postExecution,
    spellError: inSnakeWords,
    documented: {
      operationId: "submitExecution",
      summary: "Report anything about one run",
      description:
        "Its start (`ws_id` and `executor`, both required without `id`), a change of any column, phases, its end. A repeat is answered 200 and changes nothing.",
      input: submitExecution.schema,
      parameters: {},
      answers: { 200: json(executionWriteAnswer), 201: json(executionWriteAnswer) },
      refusals: ["NOT_FOUND", "CONFLICT"],
    },
  },
  {
    method: "POST",
    path: "/bug-fix",
    roles: recordBugFix.roles,
    answer: postBugFix,
    spellError: spellBugFixError,
    documented: {
      operationId: "recordBugFix",
      summary: "Report a bug that was found and fixed during a run",
      description: "A repeat is answered 200 and changes nothing.",
      input: recordBugFix.schema,
      bodyNames: new Map([[executionColumn.field, executionColumn.rest]]),
      parameters: {},
      answers: { 200: json(bugFixWriteAnswer), 201: json(bugFixWriteAnswer) },
      refusals: ["NOT_FOUND", "CONFLICT"],
    },
  },
];
