import type { GraphQLResolveInfo } from "graphql";
import type { GraphqlContext } from "./context.js";

/** Says that something is left to graphql-js. */
export class NotPlainError extends Error {}

/** Whoever asks where in a query it is called is left to graphql-js: it has every property, and gives none. */
const noInfo = new Proxy({} as GraphQLResolveInfo, {
  get: () => {
    throw new NotPlainError();
  },
});

/** One run of a plan: what its resolvers are given, and the promises it waits for. */
export class QueryRun {
  readonly info = noInfo;
  readonly context: GraphqlContext;
  /** The variables as their types want them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Resolves when nothing is waited for any more; rejects with the first error. */
  readonly settled: Promise<void>;
  #awaited = 1;
  #resolve: () => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(context: GraphqlContext, variables: Readonly<Record<string, unknown>>) {
    this.context = context;
    this.variables = variables;
    this.settled = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.settled.catch(() => {}); // of a plan that failed at once, nobody waits for the rest
  }

  /** Goes on with `settle` when a promise is fulfilled; an error of either ends the run. */
  waitFor(promise: PromiseLike<unknown>, settle: (value: unknown) => void): void {
    this.#awaited += 1;
    promise.then((value) => {
      try {
        settle(value);
        this.end();
      } catch (error) {
        this.#reject(error);
      }
    }, this.#reject);
  }

  /** One thing less is waited for; at the beginning that is what the plan does at once. */
  end(): void {
    this.#awaited -= 1;
    if (this.#awaited === 0) this.#resolve();
  }
}

/** Whether a value has to be waited for: an object with a `then`. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
