import { MetricsError } from "../errors.js";
import type { Limits } from "../limits.js";

/**
 * Refuses requests that would keep the server busy before anybody could weigh what they ask for: the text is not yet
 * parsed, the variables not yet held against their types.
 * @param sent the body of a POST or the parameters of a GET, whatever they are
 * @throws MetricsError `QUERY_TOO_COMPLEX`
 */
export function refuseLarge(sent: unknown, limits: Limits): void {
  const { query, operationName, variables } = (sent ?? {}) as Readonly<Record<string, unknown>>; // or undefined
  const length = [query, operationName].reduce<number>((sum, text) => sum + lengthOf(text), 0);
  if (length > limits.queryLength) throw tooComplex(limits.queryLength, "characters");
  const read = typeof variables === "string" ? parsed(variables) : variables;
  if (typeof read !== "object" || read === null) return;
  if (Object.keys(read).length > limits.variables) throw tooComplex(limits.variables, "variables");
  refuseHeavy(read, limits);
}

const lengthOf = (text: unknown) => (typeof text === "string" ? text.length : 0);

/** In a GET the variables are JSON; what is none is for Apollo to refuse. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Weighs level by level, so that no nesting is too deep to be weighed. */
function refuseHeavy(variables: object, { variableDepth, variableValues }: Limits): void {
  let level: readonly unknown[] = Object.values(variables);
  for (let depth = 1, count = 0; level.length > 0; depth += 1) {
    if (depth > variableDepth) throw tooComplex(variableDepth, "levels of variables");
    count += level.length;
    if (count > variableValues) throw tooComplex(variableValues, "values of variables");
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
  }
}

function tooComplex(limit: number, words: string): MetricsError {
  return new MetricsError(
    "QUERY_TOO_COMPLEX",
    `The query has more than ${limit} ${words}, which is the limit.`,
  );
}
