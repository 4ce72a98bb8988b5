import type { z } from "zod";
import { badUserInput, type FieldError, type MetricsError } from "../errors.js";

/**
 * Every rule that an input breaks, as one catalogue error.
 * @param at where the input stands in the request: `input`, `events.3`, or empty
 */
export function inputError(error: z.ZodError, at: string): MetricsError {
  return badUserInput(error.issues.flatMap((issue) => fieldErrors(issue, at)));
}

function fieldErrors(issue: z.core.$ZodIssue, at: string): readonly FieldError[] {
  const path = issue.path.reduce<string>((parent, key) => join(parent, String(key)), at);
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: join(path, key), message: issue.message }));
}

const join = (parent: string, key: string) => (parent === "" ? key : `${parent}.${key}`);
