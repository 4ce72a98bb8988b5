import { isDeepStrictEqual } from "node:util";

/** Whether every field that `sent` names (that is not undefined) has the same value in `stored`. */
export function namesOnly<Sent extends object>(
  sent: Sent,
  stored: { readonly [Key in keyof Sent]?: unknown },
): boolean {
  const names = Object.keys(sent) as (keyof Sent)[];
  return names.every((name) => sent[name] === undefined || isDeepStrictEqual(sent[name], stored[name]));
}
