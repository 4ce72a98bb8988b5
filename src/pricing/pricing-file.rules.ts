import type { z } from "zod";
import type { FieldError } from "../errors.js";
import { normalized } from "./name-pattern.js";
import { pricingFile, readableFile } from "./pricing-file.schema.js";
import { everHolds, overlap } from "./validity.js";

type Model = z.output<typeof readableFile>["models"][number];

/** Every mistake in the content of a pricing file: where it stands, and what would be right. */
export function mistakesIn(content: unknown): readonly FieldError[] {
  const { models } = readableFile.parse(content);
  return [
    ...(pricingFile.safeParse(content).error?.issues.flatMap(fieldErrors) ?? []),
    ...repeatedNames(models),
    ...models.flatMap(({ prices }, index) => wrongTimes(prices, `models.${index}.prices`)),
  ];
}

function fieldErrors(issue: z.core.$ZodIssue): readonly FieldError[] {
  const { message, path } = issue;
  if (issue.code !== "unrecognized_keys") return [{ path: path.join("."), message }];
  return issue.keys.map((key) => ({ path: [...path, key].join("."), message }));
}

/** A name that stands twice for one provider does not tell which price is meant. */
function repeatedNames(models: readonly Model[]): readonly FieldError[] {
  const first = new Map<string, string>();
  return models.flatMap(({ provider = "", ...model }, index) =>
    namesOf(model).flatMap(([at, name]) => {
      const path = `models.${index}.${at}`;
      const key = [provider, name].map(normalized).join("\n");
      const earlier = first.get(key);
      first.set(key, earlier ?? path);
      return earlier === undefined
        ? []
        : { path, message: `is the same name as ${earlier}; keep one of them` };
    }),
  );
}

/** All names of a model that can be read, with where they stand. */
function namesOf({ name, aliases, patterns }: Omit<Model, "provider">) {
  const all = [
    ["name", name] as const,
    ...aliases.map((alias, index) => [`aliases.${index}`, alias] as const),
    ...patterns.map((pattern, index) => [`patterns.${index}`, pattern] as const),
  ];
  return all.flatMap(([at, name]) => (name === undefined ? [] : [[at, name] as const]));
}

/** Prices of one model that never hold, or hold while another one does. */
function wrongTimes(prices: Model["prices"], path: string): readonly FieldError[] {
  return prices.flatMap((price, index) => {
    if (price === undefined) return [];
    if (!everHolds(price)) return { path: `${path}.${index}.until`, message: "must be after `from`" };
    const other = prices.findIndex((it, at) => at < index && it && everHolds(it) && overlap(it, price));
    if (other < 0) return [];
    const message = `must not hold at the same time as ${path}.${other}; end the earlier one with \`until\``;
    return { path: `${path}.${index}`, message };
  });
}
