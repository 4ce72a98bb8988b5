import type { z } from "zod";
import { inSnakeWords, withCamelNames } from "../domain/snake-names.js";
import { badUserInput, type FieldError, listed, MetricsError } from "../errors.js";
import type { ShownFields } from "./fields.js";
import type { Input, Reported, Reporting } from "./reporting.js";

/** What a tool does, for whoever asks the user before it is called; none is left to its default. */
interface Annotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  /** Whether the same arguments, sent again, change nothing more. */
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** One thing that a model can do here: a door to one operation, or to a few that answer one question. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly annotations: Annotations;
  /** The shape of its input, in snake case. */
  readonly input: (fields: ShownFields) => z.ZodObject;
  readonly output: z.ZodObject;
  /** How the operation names fields that the tool names otherwise, both in camel case. */
  readonly names?: Readonly<Record<string, string>>;
  /**
   * @param input in the names of the operation
   * @throws MetricsError
   */
  readonly answer: (reporting: Reporting, input: Input) => Promise<Readonly<Record<string, unknown>>>;
}

/** A tool that reports. */
export const writes = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const satisfies Annotations;

/** A tool that asks. */
export const reads = { ...writes, readOnlyHint: true } as const satisfies Annotations;

/** A model is told so many mistakes at once. */
const toldMistakes = 10;

/**
 * The input of a tool in the names of its operation. What the tool does not show it does not take, even where the
 * operation would: nothing here lets a model count its own tokens.
 * @throws MetricsError `BAD_USER_INPUT` naming every field that is none
 */
export function inputOf({ names = {} }: Tool, shape: z.ZodObject, sent: unknown): Input {
  const given = isObject(sent) ? sent : {};
  const fields = Object.keys(shape.shape);
  const rule = `is not a field here; the fields are ${fields.map((field) => `\`${field}\``).join(", ")}`;
  const unknown = Object.keys(given).filter((name) => !fields.includes(name));
  if (unknown.length > 0)
    throw badUserInput(
      listed(
        unknown.map((name) => ({ path: JSON.stringify(name), message: rule })), // spelled as it was sent
        toldMistakes,
      ),
    );
  const camel = Object.entries(withCamelNames(given) as Input); // an object stays one
  return Object.fromEntries(camel.map(([name, value]) => [names[name] ?? name, value]));
}

const isObject = (value: unknown): value is Input =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An error of the operation in the names of the tool. */
export function respelled({ names = {} }: Tool, error: MetricsError): MetricsError {
  if (error.errors.length === 0) return error;
  const toolNames = new Map(Object.entries(names).map(([tool, operation]) => [operation, tool]));
  const spell = ({ path, message }: FieldError) =>
    inSnakeWords({
      path: path.replace(/^\w+/, (name) => toolNames.get(name) ?? name),
      message: message.replace(/`(\w+)`/g, (_, name: string) => `\`${toolNames.get(name) ?? name}\``),
    });
  return badUserInput(listed(error.errors.map(spell), toldMistakes), { cause: error });
}

/** What a report answers of every kind. */
export function reported({ outcome, executionId, note }: Reported) {
  const said = note ?? (outcome === "CONFLICT_IGNORED" ? taken : undefined);
  return {
    outcome,
    replayed: outcome === "DUPLICATE",
    execution_id: executionId,
    ...(said !== undefined && { note: said }),
  };
}

const taken =
  "Something else is recorded under this id and stays as it is. get_execution shows it; report yours under another id.";

/**
 * The run a tool is about: the one that is named, or the current one.
 * @throws MetricsError `NOT_FOUND` when none is named and none is known
 */
export async function withExecution(reporting: Reporting, input: Input, field: string): Promise<Input> {
  if (input[field] !== undefined && input[field] !== null) return input;
  if (reporting.currentExecution === undefined) return input; // refused by the operation, as required
  const current = await reporting.currentExecution();
  if (current === undefined) throw new MetricsError("NOT_FOUND", "No execution is known here.");
  return { ...input, [field]: current };
}
