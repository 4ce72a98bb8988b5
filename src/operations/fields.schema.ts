import { z } from "zod";
import { type Clock, parseInstant } from "../domain/instant.js";
import { isUsd } from "../domain/usd.js";
import { parseUuid } from "../domain/uuid.js";
import type { Limits } from "../limits.js";
import { statuses } from "../vocabulary.js";

/** What a schema needs to know to judge a value. */
export interface Rules {
  readonly limits: Limits;
  readonly clock: Clock;
}

const int32Max = 2_147_483_647;
const dayMs = 86_400_000;
const earliest = new Date("2000-01-01T00:00:00Z");

const isAbsent = (input: unknown) => input === undefined || input === null;

/** A field that may be absent; null says the same as absence. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

/** An object that names every field it does not know. */
export const record = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === "unrecognized_keys"
        ? `is not a field here; the fields are ${Object.keys(shape).join(", ")}`
        : "must be an object",
  });

/** One of the pinned words. */
export const word = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, {
    error: ({ input }) => (isAbsent(input) ? "is required" : `must be one of ${words.join(", ")}`),
  });

/** Text that PostgreSQL stores exactly as sent, counted in code points. */
function exactText(minLength: number, maxLength: number) {
  return z
    .string({ error: ({ input }) => (isAbsent(input) ? "is required" : "must be a string") })
    .superRefine((text, context) => {
      const complain = (message: string) => context.addIssue({ code: "custom", message });
      if (text.includes("\0")) complain("must not contain the NUL character");
      if (!text.isWellFormed()) complain("must be well-formed Unicode, without lone surrogates");
      if (text.length < minLength) complain("must not be empty");
      if (text.length > maxLength && [...text].length > maxLength)
        complain(`must have at most ${maxLength} characters`);
    });
}

function wholeNumber(from: number, to: number) {
  const error = ({ input }: { readonly input: unknown }) =>
    isAbsent(input) ? "is required" : `must be a whole number from ${from} to ${to}`;
  return z.int({ error }).min(from, { error }).max(to, { error });
}

const instant = z.union(
  [
    z.date(),
    z.string().transform((text, context) => {
      const parsed = parseInstant(text);
      if (parsed !== undefined) return parsed;
      context.addIssue({ code: "custom", message: "" });
      return z.NEVER;
    }),
  ],
  {
    error: ({ input }) =>
      isAbsent(input)
        ? "is required"
        : "must be an RFC 3339 time with an offset, such as 2026-02-23T10:00:00Z",
  },
);

/** The building blocks of every input schema; what each accepts is `spec` for the message of its refusal. */
export function fieldsWithin({ limits, clock }: Rules) {
  const paths = z
    .array(exactText(1, limits.pathLength), { error: "must be a list of paths" })
    .max(limits.paths, { error: `must have at most ${limits.paths} paths` });
  return {
    uuid: z
      .string({ error: ({ input }) => (isAbsent(input) ? "is required" : "must be a UUID") })
      .transform((text, context) => {
        const id = parseUuid(text);
        if (id !== undefined) return id;
        context.addIssue({
          code: "custom",
          message: "must be a UUID, such as 550e8400-e29b-41d4-a716-446655440001",
        });
        return z.NEVER;
      }),
    identifier: exactText(1, limits.identifierLength),
    executor: exactText(1, 64),
    eventId: exactText(1, limits.eventIdLength),
    text: exactText(0, limits.textLength),
    paths,
    boolean: z.boolean({
      error: ({ input }) => (isAbsent(input) ? "is required" : "must be true or false"),
    }),
    count: wholeNumber(0, int32Max),
    /** Leaves room above for the sequences the server gives. */
    sequence: wholeNumber(1, 1_000_000_000),
    pageSize: wholeNumber(1, limits.pageSize),
    statusFilter: z
      .array(word(statuses), { error: "must be a list of statuses" })
      .max(limits.statusFilter, { error: `must have at most ${limits.statusFilter} statuses` }),
    usd: z
      .number({ error: "must be a number of US dollars" })
      .refine(isUsd, { error: "must be an amount from 0 to 999999.999999 with at most 6 decimals" }),
    /** Any instant a reader may ask about. */
    instant,
    /** An instant at which something happened that is being reported. */
    happenedAt: instant.superRefine((time, context) => {
      const complain = (message: string) => context.addIssue({ code: "custom", message });
      if (time < earliest) complain("must not be before 2000-01-01T00:00:00Z");
      if (time.getTime() > clock().getTime() + dayMs) {
        complain("must not be more than 24 hours ahead of the server's clock");
      }
    }),
    batch: <Item extends z.ZodType>(item: Item) =>
      z
        .array(item, { error: ({ input }) => (isAbsent(input) ? "is required" : "must be a list") })
        .max(limits.batchItems, { error: `must have at most ${limits.batchItems} items` }),
  };
}

export type Fields = ReturnType<typeof fieldsWithin>;
