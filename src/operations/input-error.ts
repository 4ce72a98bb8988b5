import type { z } from "zod";
import { badUserInput, type FieldError, MetricsError } from "../errors.js";

/**
 * Every rule that an input breaks, as one catalogue error.
 * @param at where the input stands in the request: `input`, `events.3`, or empty
 */
export function inputError(error: z.ZodError, at: string): MetricsError {
  const all = error.issues.flatMap((issue) => fieldErrors(issue, at));
  const once = new Map(all.map((each) => [`${each.path}\n${each.message}`, each])); // two checks may say the same
  return badUserInput([...once.values()]);
}

/** A rule of an input that only the operation itself could see broken, with its path in the request. */
export function placed(error: unknown, at: string): unknown {
  if (!(error instanceof MetricsError) || error.errors.length === 0) return error;
  const errors = error.errors.map(({ path, message }) => ({ path: join(at, path), message }));
  return badUserInput(errors, { cause: error });
}

function fieldErrors(issue: z.core.$ZodIssue, at: string): readonly FieldError[] {
  const path = issue.path.reduce<string>((parent, key) => join(parent, String(key)), at);
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: join(path, key), message: issue.message }));
}

const join = (parent: string, key: string) => [parent, key].filter((name) => name !== "").join(".");
