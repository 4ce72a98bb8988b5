import type { z } from "zod";
import type { EventInput } from "../client/client.js";
import { defaultLimits } from "../limits.js";
import { bugFixSchema } from "../operations/bug-fix.schema.js";
import { completeSchema, startSchema, updateSchema } from "../operations/execution.schema.js";
import { type Fields, fieldsWithin } from "../operations/fields.schema.js";
import { llmCallSchema } from "../operations/llm-call.schema.js";
import { recordPhaseSchema } from "../operations/phase.schema.js";

/** The server's own rules. */
const schemas: Readonly<Record<string, (fields: Fields) => z.ZodType>> = {
  startExecution: startSchema,
  updateExecution: updateSchema,
  recordPhase: recordPhaseSchema,
  completeExecution: completeSchema,
  recordBugFix: bugFixSchema,
  recordLlmCall: llmCallSchema,
} satisfies Readonly<Record<keyof EventInput, (fields: Fields) => z.ZodType>>;

/** Fields of phases and calls in which GraphQL spells pinned words in upper case. */
const words: readonly string[] = ["name", "result", "phase"];

/** A value that breaks a rule, and where it stands in its event. */
interface Fault {
  readonly path: string;
  readonly message: string;
}

/** Every value of events that breaks a rule of the server; so nobody hears of one only when it is delivered. */
export function eventFaults(events: readonly EventInput[], now: () => Date): readonly Fault[] {
  const fields = fieldsWithin(defaultLimits, now);
  return events
    .flatMap((event) => Object.entries<object | null | undefined>(event))
    .flatMap(([kind, input]) => faultsOf(schemas[kind]?.(fields).safeParse(spelled(input)).error));
}

/** What a schema found wrong; a field that it does not know is named by its own path. */
export function faultsOf(error: z.ZodError | undefined): readonly Fault[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const keys = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [key]) : [[]];
    return keys.map((key) => ({ path: [...issue.path, ...key].join("."), message: issue.message }));
  });
}

function spelled(input: object | null | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input ?? {}).map(([field, value]) => [
      field,
      words.includes(field) && typeof value === "string" ? value.toLowerCase() : value,
    ]),
  );
}
