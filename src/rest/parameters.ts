import { spellNames } from "../domain/snake-names.js";
import { badUserInput, type FieldError } from "../errors.js";

type Value = string | readonly string[];
type Read = (value: Value) => unknown;

/** The query string of a request. */
export type Query = Readonly<Record<string, Value>>;

/** A query parameter: where its value stands in the operation's input, and how it is read from text. */
export interface Parameter {
  /** Of an input within the input: `filter.wsId`. */
  readonly field: string;
  readonly read?: Read;
  /** What it may say where no operation knows it. */
  readonly words?: readonly string[];
  /** Words that mean the same as words of the operation. */
  readonly aliases?: ReadonlyMap<string, string>;
  /** Whether the whole input of the operation stands in it, as JSON. */
  readonly isJson?: boolean;
}

export type Parameters = Readonly<Record<string, Parameter>>;

const asIs: Read = (value) => value;

/** A number where the text is one; else the text, for the operation to refuse. */
export const numeral: Read = (value) =>
  typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;

/** True or false where the text is one of these; else the text, for the operation to refuse. */
export const flag: Read = (value) => (value === "true" ? true : value === "false" ? false : value);

/** A parameter that may be repeated. */
export const repeatable: Read = (value) => (typeof value === "string" ? [value] : value);

/** The operation's input that query parameters mean; unknown parameters stay, for the operation to refuse. */
export function inputOf(parameters: Parameters, query: Query): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    const known = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const { field, aliases, read = asIs }: Parameter = known ?? { field: JSON.stringify(name) };
    const [outer = field, inner] = field.startsWith('"') ? [field] : field.split(".");
    const meant = read(typeof value === "string" ? (aliases?.get(value) ?? value) : value);
    if (inner === undefined) input[outer] = meant;
    else input[outer] = { ...(input[outer] as object | undefined), [inner]: meant };
  }
  return input;
}

/** @throws MetricsError `BAD_USER_INPUT` naming every query parameter that a route does not have */
export function refuseUnknown(parameters: Parameters, query: Query): void {
  const unknown = Object.keys(query).filter((name) => !Object.hasOwn(parameters, name));
  if (unknown.length > 0)
    throw badUserInput(unknown.map((name) => ({ path: JSON.stringify(name), message: notOf(parameters) })));
}

function notOf(parameters: Parameters): string {
  const names = Object.keys(parameters);
  return `is not a parameter here; ${names.length === 0 ? "there are none" : `the parameters are ${names.join(", ")}`}`;
}

/** Spells the errors of an operation's input in the names of the parameters it came from. */
export function spellParameters(parameters: Parameters): (error: FieldError) => FieldError {
  const entries = Object.entries(parameters);
  const nameOf = (matches: (field: string) => boolean) =>
    entries.find(([, { field }]) => matches(field))?.[0];
  const spell = (inner: string) => nameOf((field) => field.split(".").at(-1) === inner) ?? inner;
  return ({ path, message }: FieldError) => {
    const name = nameOf((field) => path === field || path.startsWith(`${field}.`));
    if (name !== undefined) return { path: name, message: spellNames(message, spell) };
    if (!path.startsWith('"')) return { path, message };
    return { path: JSON.parse(path), message: notOf(parameters) };
  };
}
