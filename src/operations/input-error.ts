import type { z } from "zod";
import { badUserInput, type FieldError, listed, MetricsError } from "../errors.js";

/**
 * Every rule that an input breaks, as one catalogue error.
 * @param at where the input stands in the request: `input`, `events.3`, or empty
 * @param limit how many of them are listed
 */
export function inputError(error: z.ZodError, at: string, limit: number): MetricsError {
  return badUserInput(listed(fieldErrors(error, at), limit));
}

/** A rule of an input that only the operation itself could see broken, with its path in the request. */
export function placed(error: unknown, at: string): unknown {
  if (!(error instanceof MetricsError) || error.errors.length === 0) return error;
  const errors = error.errors.map(({ path, message }) => ({ path: join(at, path), message }));
  return badUserInput(errors, { cause: error });
}

function* fieldErrors({ issues }: z.ZodError, at: string): Iterable<FieldError> {
  for (const issue of issues) {
    const { message } = issue;
    const path = issue.path.reduce<string>((parent, key) => join(parent, String(key)), at);
    const keys = issue.code === "unrecognized_keys" ? issue.keys : [""];
    for (const key of keys) yield { path: join(path, key), message };
  }
}

const join = (parent: string, key: string) => [parent, key].filter((name) => name !== "").join(".");
