import { z } from "zod";
import { happenedFaults, instantRule, parseInstant } from "../domain/instant.js";
import { largestSequence } from "../domain/phase.js";
import { textFaults } from "../domain/text.js";
import { isUsd, maxUsd, usdRule } from "../domain/usd.js";
import { parseUuid, uuidRule } from "../domain/uuid.js";
import type { Limits } from "../limits.js";
import { statuses } from "../vocabulary.js";

const int32Max = 2_147_483_647;

const isAbsent = (input: unknown) => input === undefined || input === null;

/** A field that may be absent; null says the same as absence. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

/** A field that means `value` when it is absent or null. */
export const defaulted = <Schema extends z.ZodType>(schema: Schema, value: z.output<Schema>) =>
  schema
    .nullish()
    .meta({ default: value })
    .transform((sent) => sent ?? value);

const named = (fields: readonly string[]) => fields.map((field) => `\`${field}\``).join(", ");

/** An object that names every field it does not know. */
export const record = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === "unrecognized_keys"
        ? `is not a field here; the fields are ${named(Object.keys(shape))}`
        : "must be an object",
  });

/** One of the pinned words. */
export const word = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, {
    error: ({ input }) => (isAbsent(input) ? "is required" : `must be one of ${words.join(", ")}`),
  });

/** Text that is stored exactly as sent. */
function exactText(minLength: number, maxLength: number) {
  return z
    .string({ error: ({ input }) => (isAbsent(input) ? "is required" : "must be a string") })
    .superRefine((text, context) => {
      for (const message of textFaults(text, minLength, maxLength))
        context.addIssue({ code: "custom", message });
    })
    .meta({ minLength, maxLength });
}

function wholeNumber(from: number, to: number) {
  const error = ({ input }: { readonly input: unknown }) =>
    isAbsent(input) ? "is required" : `must be a whole number from ${from} to ${to}`;
  return z.int({ error }).min(from, { error }).max(to, { error });
}

/**
 * How many items at most; absent or null, `usual`, or the limit where that is less. The usual number itself is never too
 * much: GraphQL states it in its schema, and fills it in for clients that say nothing.
 */
const size = (limit: number) => (usual: number) => {
  const error = ({ input }: { readonly input: unknown }) =>
    isAbsent(input) ? "is required" : `must be a whole number from 1 to ${limit}`;
  return z
    .int({ error })
    .min(1, { error })
    .refine((count) => count <= limit || count === usual, { error })
    .meta({ maximum: limit })
    .nullish()
    .meta({ default: Math.min(usual, limit) })
    .transform((sent) => Math.min(sent ?? usual, limit));
};

function listOf<Item extends z.ZodType>(item: Item, maxItems: number, items = "items") {
  return z
    .array(item, { error: ({ input }) => (isAbsent(input) ? "is required" : "must be a list") })
    .max(maxItems, { error: `must have at most ${maxItems} ${items}` });
}

const instant = parsed(
  z
    .string({ error: ({ input }) => (isAbsent(input) ? "is required" : instantRule) })
    .meta({ format: "date-time" }),
  parseInstant,
  instantRule,
);

/** Text that means something else, such as a UUID; `rule` says what would be right. */
function parsed<Value>(text: z.ZodString, parse: (text: string) => Value | undefined, rule: string) {
  return text.transform((sent, context) => {
    const value = parse(sent);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: rule });
    return z.NEVER;
  });
}

/** Two times of which the first must come first. */
export function inOrder(
  {
    startedAt,
    completedAt,
  }: { readonly startedAt?: Date | undefined; readonly completedAt?: Date | undefined },
  context: z.RefinementCtx,
): void {
  if (startedAt === undefined || completedAt === undefined || completedAt >= startedAt) return;
  context.addIssue({ code: "custom", path: ["completedAt"], message: "must not be before `startedAt`" });
}

/**
 * The building blocks of every input schema. Their messages say what would be right, and put the names of other
 * fields in backticks, for the doors to spell. Their metadata is for descriptions of the API, in words of JSON Schema.
 * @param now the time of the request that is being read
 */
export function fieldsWithin(limits: Limits, now: () => Date) {
  const paths = z
    .array(exactText(1, limits.pathLength), { error: "must be a list of paths" })
    .max(limits.paths, { error: `must have at most ${limits.paths} paths` });
  return {
    uuid: parsed(
      z
        .string({ error: ({ input }) => (isAbsent(input) ? "is required" : uuidRule) })
        .meta({ format: "uuid" }),
      parseUuid,
      uuidRule,
    ),
    identifier: exactText(1, limits.identifierLength),
    executor: exactText(1, limits.executorLength),
    eventId: exactText(1, limits.eventIdLength),
    text: exactText(0, limits.textLength),
    /** Text to look for; without any character it would be everywhere. */
    searchText: exactText(1, limits.textLength),
    paths,
    boolean: z.boolean({
      error: ({ input }) => (isAbsent(input) ? "is required" : "must be true or false"),
    }),
    count: wholeNumber(0, int32Max),
    sequence: wholeNumber(1, largestSequence),
    pageSize: size(limits.pageSize),
    nestedPageSize: size(limits.nestedPageSize),
    metricRows: size(limits.metricRows),
    exportedMetricRows: wholeNumber(1, limits.exportedMetricRows),
    /** At most a year. */
    hours: wholeNumber(1, 8784),
    statusFilter: z
      .array(word(statuses), { error: "must be a list of statuses" })
      .max(limits.statusFilter, { error: `must have at most ${limits.statusFilter} statuses` }),
    /** The values of which one must be there. */
    oneOf: <Value extends z.ZodType>(value: Value) => listOf(value, limits.filterList, "values"),
    /** A list in a metrics query. */
    parts: <Item extends z.ZodType>(item: Item) => listOf(item, limits.metricParts),
    usd: z
      .number({ error: usdRule })
      .refine(isUsd, { error: usdRule })
      .meta({ minimum: 0, maximum: maxUsd, description: "With at most 6 decimals." }),
    /** Any instant a reader may ask about. */
    instant,
    /** An instant at which something happened that is being reported. */
    happenedAt: instant.superRefine((time, context) => {
      for (const message of happenedFaults(time, now())) context.addIssue({ code: "custom", message });
    }),
    batch: <Item extends z.ZodType>(item: Item) => listOf(item, limits.batchItems),
  };
}

export type Fields = ReturnType<typeof fieldsWithin>;
