import type { z } from "zod";
import type { ErrorCode } from "../errors.js";
import type { Fields } from "../operations/fields.schema.js";
import type { Parameters } from "./parameters.js";

/** What a route takes and answers, in the schemas it goes by: the description of the API is made of it. */
export interface Documented {
  /** Names it to programs that are made of the description; never changes. */
  readonly operationId: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** What its summary and its fields leave open. */
  readonly description?: string;
  /** The input of its operation: that of a body, or what parameters stand in. */
  readonly input: (fields: Fields) => z.ZodType;
  readonly parameters: Parameters;
  /** Names of the input that a body spells otherwise than in snake case. */
  readonly bodyNames?: ReadonlyMap<string, string>;
  /** Bodies by status and media type; text is a string. */
  readonly answers: Readonly<Record<number, Readonly<Record<string, z.ZodType>>>>;
  /** The refusals that are its own: every route has those of bad input, of keys, and of a server that has no room. */
  readonly refusals?: readonly ErrorCode[];
}
