import type { Answer } from "../support/client.js";

type Fields = Readonly<Record<string, unknown>>;

/** What a door did with a request, in words that are the same for both. */
export interface Verdict {
  /** The code of the error; null when there is none. */
  readonly code: string | null;
  /** The broken rules: paths in REST's names, without what only one door has in front. */
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

interface Problem {
  readonly code?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);

export function verdictOfRest({ status, body }: Answer<Fields>): Verdict {
  const { code, errors = [] }: Problem = status < 300 ? {} : body;
  return { code: code ?? null, errors: errors.toSorted(byPath) };
}

const snakeCase = (text: string) =>
  text.replace(/\b[a-z]+(?:[A-Z][a-z0-9]*)+\b/g, (name) =>
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );

interface Refusal {
  readonly errors?: readonly { readonly extensions: Fields & { readonly code: string } }[];
}

export function verdictOfGraphql({ body }: Answer<Refusal>): Verdict {
  const [error] = body.errors ?? [];
  if (error === undefined) return { code: null, errors: [] };
  const { errors = [] }: Problem = error.extensions;
  const spelled = errors.map(({ path, message }) => ({
    path: snakeCase(path.replace(/^input\./, "")),
    message: snakeCase(message),
  }));
  return { code: error.extensions.code, errors: spelled.toSorted(byPath) };
}
