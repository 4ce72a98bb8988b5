import { z } from "zod";
import { parseInstant } from "../domain/instant.js";

const maxRate = 999_999;
const ratePlaces = 9;
const nameLength = 256;

/** An object that names every field it does not know. */
const record = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code, input }) => {
      if (code !== "unrecognized_keys") return input === undefined ? "is required" : "must be an object";
      return `is not a field here; the fields are ${Object.keys(shape).join(", ")}`;
    },
  });

const list = <Item extends z.ZodType>(item: Item) =>
  z.array(item, {
    error: ({ input }) => (input === undefined ? "is required" : "must be a list"),
  });

/** Text that fits a rule; a field that is absent is only "required". */
function text(rule: string, isRight: (text: string) => boolean) {
  return z
    .string({ error: ({ input }) => (input === undefined ? "is required" : rule) })
    .refine(isRight, { error: rule });
}

const isName = (name: string) => name.trim() !== "" && name.length <= nameLength;

const name = text(
  `must be a text of 1 to ${nameLength} characters without *; a name with * stands among the \`patterns\``,
  (name) => isName(name) && !name.includes("*"),
);

const pattern = text(
  `must be a text of 1 to ${nameLength} characters with a *, which stands for any characters; a name without * stands among the \`aliases\``,
  (pattern) => isName(pattern) && pattern.includes("*"),
);

const provider = text(`must be a text of 1 to ${nameLength} characters`, isName);

const timeRule =
  "must be a day such as 2026-02-01, which begins at midnight UTC, or an RFC 3339 time with an offset such as 2026-02-01T09:00:00+01:00";

const time = z.string({ error: timeRule }).transform((sent, context) => {
  const instant = parseInstant(/^[\d-]+$/.test(sent) ? `${sent}T00:00:00Z` : sent);
  if (instant !== undefined) return instant;
  context.addIssue({ code: "custom", message: timeRule });
  return z.NEVER;
});

const wholeTokens = {
  error: ({ input }: { readonly input: unknown }) =>
    input === undefined ? "is required" : "must be a whole number of tokens, 0 or more",
};

const rateRule = `must be a number from 0 to ${maxRate} with at most ${ratePlaces} decimals`;
const rateError = {
  error: ({ input }: { readonly input: unknown }) => (input === undefined ? "is required" : rateRule),
};

const rate = z
  .number(rateError)
  .min(0, rateError)
  .max(maxRate, rateError)
  .refine((rate) => Number(rate.toFixed(ratePlaces)) === rate, rateError);

const rates = {
  input: rate.describe("Input tokens that were neither read from a cache nor written to one."),
  output: rate.describe("Output tokens."),
  cacheRead: rate.optional().describe("Input tokens read from a cache. Without it: the rate of `input`."),
  cacheWrite5m: rate
    .optional()
    .describe("Input tokens written to a cache for 5 minutes. Without it: the rate of `input`."),
  cacheWrite1h: rate
    .optional()
    .describe("Input tokens written to a cache for 1 hour. Without it: the rate of `cacheWrite5m`."),
};

const tier = record({
  aboveInputTokens: z
    .int(wholeTokens)
    .min(0, wholeTokens)
    .describe(
      "A call with more input tokens than that, read from and written to caches included, is priced by these rates, all its tokens.",
    ),
  usdPerMillionTokens: record({ ...rates, input: rates.input.optional(), output: rates.output.optional() })
    .refine((named) => Object.keys(named).length > 0, { error: "must name at least one rate" })
    .describe("The rates that change, in USD per million tokens; the others are as below that size."),
});

/** The time for which a price holds. */
const validity = {
  from: time
    .optional()
    .describe("Calls that started then or later have this price. Without it: since ever. A day or RFC 3339."),
  until: time
    .optional()
    .describe(
      "Calls that started before then have this price. Without it: until further notice. A day or RFC 3339.",
    ),
};

const price = record({
  ...validity,
  usdPerMillionTokens: record(rates).describe("USD per million tokens."),
  tiers: list(tier).optional().describe("Other rates for large calls."),
});

const model = record({
  name: name.describe("The name that calls give their model."),
  aliases: list(name).optional().describe("Other exact names."),
  patterns: list(pattern).optional().describe("Names with `*`, which stands for any characters, also none."),
  provider: provider
    .optional()
    .describe("Only for calls that name this provider. Without it: for all of them."),
  prices: list(price)
    .min(1, { error: "must hold at least one price" })
    .describe("What the model costs, and when; no two prices of a model hold at the same time."),
});

/** A pricing file, as far as each value stands for itself; docs/pricing.schema.json is made from it. */
export const pricingFile = record({
  $schema: z.string().optional().describe("Where this schema is, for editors."),
  models: list(model).describe("The models that have prices of their own."),
}).meta({
  title: "Prices of LLM calls",
  description: "The file that PRICING_FILE names; docs/pricing.md explains it.",
});

/** A pricing file without mistakes. */
export type PricingFile = z.output<typeof pricingFile>;

const readable = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
const readables = <Schema extends z.ZodType>(schema: Schema) => z.array(readable(schema)).catch([]);

const readableModel = z.object({
  name: readable(name),
  aliases: readables(name),
  patterns: readables(pattern),
  provider: provider.optional(),
  prices: readables(z.object(validity)),
});

/** As much of a pricing file as can be read, whatever is wrong with the rest; nothing where nothing can be. */
export const readableFile = z
  .object({ models: z.array(readableModel.catch({ aliases: [], patterns: [], prices: [] })) })
  .catch({ models: [] });
