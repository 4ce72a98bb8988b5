import { isDeepStrictEqual } from "node:util";

/** What is stored of a report: every field of it, null or absent where nothing was said. */
export type Stored<Sent> = { readonly [Name in keyof Required<Sent>]: Sent[Name] | null | undefined };

/**
 * Whether every field that `sent` names (that is not undefined) has the same value in `stored`, which is a row or an
 * earlier report.
 */
export function agrees<Sent extends object>(sent: Sent, stored: Stored<Sent> | Sent): boolean {
  const names = Object.keys(sent) as (keyof Sent)[]; // of an object that was parsed, so it has no other keys
  return names.every((name) => {
    const value = sent[name];
    return value === undefined || value === stored[name] || isDeepStrictEqual(value, stored[name]);
  });
}
