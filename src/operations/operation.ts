import type { z } from "zod";
import type { Limits } from "../limits.js";
import type { UnitOfWork } from "../services/unit-of-work.js";
import type { Outcome, Role } from "../vocabulary.js";
import { type Fields, fieldsWithin } from "./fields.schema.js";
import type { Gather } from "./gathering.js";
import { inputError } from "./input-error.js";

/** What became of one event, an item of a batch that was refused by itself included. */
export type EventOutcome = Outcome | "REFUSED";

/**
 * One thing the product can do, whoever asks for it: GraphQL field, REST route or item of a batch. It declares
 * what it accepts, who may ask, and whether it writes; it receives the transaction it runs in.
 */
export interface Operation<Command, Result> {
  readonly name: string;
  /** `write` runs in a transaction that is committed before the answer. */
  readonly kind: "read" | "write";
  /** Whether it may read everything there is: few of these go on at a time, for each keeps the database busy. */
  readonly isAnalysis?: boolean;
  /** Whether all that a read finds must be of one moment, which single statements are by themselves. */
  readonly isOfOneMoment?: boolean;
  /** Whose keys may ask for it. */
  readonly roles: readonly Role[];
  readonly schema: (fields: Fields) => z.ZodType<Command>;
  /** How many events a command reports; one for a write and none for a read, unless said. */
  events?(command: Command): number;
  /** What became of each event that a command reported; none for a read. */
  outcomes?(result: NoInfer<Result>): readonly EventOutcome[];
  run(work: UnitOfWork, command: Command, parser: Parser): Promise<Result>;
  /**
   * Does the same as `run`, along with the commands of other requests; undefined for a command that has to be done by
   * itself.
   * @param now the clock reading of the command's own request
   */
  gather?(gather: Gather, command: Command, now: Date): Promise<Result | undefined> | undefined;
}

/** Declares an operation; the type of its command is that of its schema. */
export const operation = <Command, Result>(
  declaration: Operation<Command, Result>,
): Operation<Command, Result> => declaration;

/** Turns unknown input into commands. Each schema is built once. */
export class Parser {
  readonly #schemas = new Map<unknown, z.ZodType>();
  readonly #fields: Fields;
  readonly #listedErrors: number;
  #now = new Date(0);

  constructor(limits: Limits) {
    this.#listedErrors = limits.listedErrors;
    this.#fields = fieldsWithin(limits, () => this.#now);
  }

  /**
   * The command that `input` means to an operation.
   * @param at where the input stands in the request
   * @param now the one clock reading of the request
   * @throws MetricsError `BAD_USER_INPUT` with every rule it breaks
   */
  parse<Command>(of: Operation<Command, unknown>, input: unknown, at: string, now: Date): Command {
    this.#now = now;
    const parsed = this.#schemaOf(of).safeParse(input);
    if (!parsed.success) throw inputError(parsed.error, at, this.#listedErrors);
    return parsed.data as Command; // what the schema of this very operation made
  }

  #schemaOf(of: Operation<never, unknown> | Operation<unknown, unknown>): z.ZodType {
    const known = this.#schemas.get(of);
    if (known !== undefined) return known;
    const schema = of.schema(this.#fields);
    this.#schemas.set(of, schema);
    return schema;
  }
}
