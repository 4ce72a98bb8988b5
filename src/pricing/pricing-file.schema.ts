import { z } from "zod";
import { parseInstant } from "../domain/instant.js";

const maxRate = 999_999;
const ratePlaces = 9;
const nameLength = 256;

/** What a value that breaks it is told; one that is absent is only required. */
const rule = (sentence: string) => ({
  abort: true,
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? "is required" : sentence),
});

/** An object that names every field it does not know. */
function record<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const { error: absent } = rule("must be an object");
  const unknown = `is not a field here; the fields are ${Object.keys(shape).join(", ")}`;
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? unknown : absent(issue)),
  });
}

const list = <Item extends z.ZodType>(item: Item) => z.array(item, rule("must be a list"));

const text = (fitting: RegExp, sentence: string) =>
  z.string(rule(sentence)).regex(fitting, rule(sentence)).max(nameLength, rule(sentence));

const name = text(
  /^[^*]*[^*\s][^*]*$/,
  `must be a text of 1 to ${nameLength} characters without *; a name with * stands in \`patterns\``,
);

const pattern = text(
  /\*/,
  `must be a text of 1 to ${nameLength} characters with a *, for any characters; a name without * stands in \`aliases\``,
);

const provider = text(/\S/, `must be a text of 1 to ${nameLength} characters`);

const timeRule =
  "must be a day such as 2026-02-01, which begins at midnight UTC, or an RFC 3339 time with an offset such as 2026-02-01T09:00:00+01:00";

const time = z
  .string(rule(timeRule))
  .transform((sent, context) => {
    const instant = parseInstant(/^[\d-]+$/.test(sent) ? `${sent}T00:00:00Z` : sent);
    if (instant !== undefined) return instant;
    context.addIssue({ code: "custom", message: timeRule });
    return z.NEVER;
  })
  .meta({ anyOf: [{ format: "date" }, { format: "date-time" }] });

const tokensRule = rule("must be a whole number of tokens, 0 or more");
const rateRule = rule(`must be a number from 0 to ${maxRate} with at most ${ratePlaces} decimals`);

const rate = z
  .number(rateRule)
  .min(0, rateRule)
  .max(maxRate, rateRule)
  .refine((rate) => Number(rate.toFixed(ratePlaces)) === rate, rateRule);

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
    .int(tokensRule)
    .min(0, tokensRule)
    .describe(
      "A call with more input tokens than that, read from and written to caches included, is priced by these rates, all its tokens.",
    ),
  usdPerMillionTokens: record({ ...rates, input: rates.input.optional(), output: rates.output.optional() })
    .refine((named) => Object.keys(named).length > 0, { error: "must name at least one rate" })
    .describe("The rates that change, in USD per million tokens; the others are as below that size."),
});

const tiers = list(tier).superRefine((tiers, context) => {
  const sizes = tiers.map(({ aboveInputTokens }) => aboveInputTokens);
  for (const [index, size] of sizes.entries()) {
    if (sizes.indexOf(size) === index) continue;
    const message = "must differ from those of the other tiers";
    context.addIssue({ code: "custom", path: [index, "aboveInputTokens"], message });
  }
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
  tiers: tiers.optional().describe("Other rates for large calls."),
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
