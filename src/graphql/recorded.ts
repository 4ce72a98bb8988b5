import type { Operation } from "../operations/operation.js";
import type { Perform } from "../operations/perform.js";

/** Two ways to perform the same operations. */
interface Recorded {
  /** Performs, and keeps the answer. */
  readonly perform: Perform;
  /** Gives what was asked before the answer that it got, once each; what was not is performed. */
  readonly again: Perform;
}

/** Performs operations so that those who have to ask all over again bother nobody a second time. */
export function recorded(perform: Perform): Recorded {
  const answers = new Map<string, Promise<unknown>[]>();
  return {
    perform: (operation, input, at) => {
      const key = keyOf(operation, input, at);
      const answer = perform(operation, input, at);
      answers.set(key, [...(answers.get(key) ?? []), answer]);
      return answer;
    },
    again: <Command, Result>(operation: Operation<Command, Result>, input: unknown, at?: string) => {
      const answer = answers.get(keyOf(operation, input, at))?.shift() as Promise<Result> | undefined; // its key names it
      return answer ?? perform(operation, input, at);
    },
  };
}

const keyOf = ({ name }: { readonly name: string }, input: unknown, at = "") =>
  JSON.stringify([name, input, at]);
