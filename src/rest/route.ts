import type { FieldError } from "../errors.js";
import type { Perform } from "../operations/perform.js";
import type { Role } from "../vocabulary.js";
import type { Documented } from "./documented.js";
import { type Query, spellParameters } from "./parameters.js";

/** What of a request a route looks at. */
export interface RestRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: unknown;
  /** What the client would rather read: its `Accept` header. */
  readonly accept: string | undefined;
  /** Performs an operation whose time limit counts from now: for answers that take many turns. */
  readonly performAnew: Perform;
  /** Where the client reaches the server. */
  readonly baseUrl: string;
}

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Headers beside those of every answer, or instead of them; `content-type` for a body that is not sent as JSON. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One row of the table of REST routes: a door to one operation. */
export interface RestRoute {
  readonly method: "GET" | "POST";
  /** Below the prefix; `:id` stands for a parameter. */
  readonly path: string;
  /** Whose keys may come: those of its operation. */
  readonly roles: readonly Role[];
  /** Performs the operation and spells its answer. */
  readonly answer: (perform: Perform, request: RestRequest) => Promise<RestAnswer>;
  /** An error of the operation's input in the words of this route. */
  readonly spellError: (error: FieldError) => FieldError;
  readonly documented: Documented;
}

/** What a route asks for: whose keys may, and what it takes. */
export type Asked = Pick<RestRoute, "roles"> & { readonly schema: Documented["input"] };

/** What a route that reads is made of; `input` where its parameters ask for more than its operation takes. */
interface Reading
  extends Omit<Documented, "input">,
    Pick<RestRoute, "answer">,
    Partial<Pick<RestRoute, "spellError">> {
  readonly input?: Documented["input"];
}

/** A route that reads: a door to an operation, whose input stands in query parameters. */
export const readRoute = (
  path: string,
  { roles, schema }: Asked,
  { answer, spellError, input = schema, ...documented }: Reading,
): RestRoute => ({
  method: "GET",
  path,
  roles,
  answer,
  spellError: spellError ?? spellParameters(documented.parameters),
  documented: { ...documented, input },
});
