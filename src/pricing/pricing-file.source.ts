import { fits, normalized } from "./name-pattern.js";
import { readPricingFile } from "./pricing-file.js";
import type { PricingFile } from "./pricing-file.schema.js";
import { type Tariff, type TariffSource, tariffOf } from "./tariff.js";
import { holdsAt, type Validity } from "./validity.js";

/** One name under which the file prices a model; a pattern may stand for many. */
interface Entry {
  readonly kind: (typeof kinds)[number];
  readonly name: string;
  readonly provider: string | undefined;
  readonly prices: readonly (Validity & { readonly tariff: Tariff })[];
}

/** The first wins over those after it. */
const kinds = ["name", "alias", "pattern"] as const;

/**
 * The prices of a pricing file. A call is priced by the first entry for its model and provider that has a price for its
 * time: exact names before aliases before patterns, of these the one with the most characters; of one kind that for the
 * provider of the call before that for any, and then the one that stands first.
 * @throws ConfigError naming every mistake of the file, or why it cannot be read
 */
export async function openPricingFile(path: string): Promise<TariffSource> {
  const { models, version } = await readPricingFile(path);
  const entries = models.flatMap(entriesOf).toSorted(byPrecedence);
  return {
    version,
    tariffsOf: (model, provider) => {
      const prices = entries.filter(isFor(model, provider)).flatMap((entry) => entry.prices);
      return (at) => prices.find((price) => holdsAt(price, at))?.tariff;
    },
  };
}

function entriesOf({ name, aliases = [], patterns = [], ...model }: PricingFile["models"][number]): Entry[] {
  const provider = model.provider && normalized(model.provider);
  const prices = model.prices.map(({ usdPerMillionTokens, tiers = [], ...validity }) => ({
    ...validity,
    tariff: tariffOf(
      usdPerMillionTokens,
      tiers.map((tier) => ({ aboveInputTokens: tier.aboveInputTokens, rates: tier.usdPerMillionTokens })),
    ),
  }));
  const entry = (kind: Entry["kind"]) => (name: string) => ({
    kind,
    name: normalized(name),
    provider,
    prices,
  });
  return [entry("name")(name), ...aliases.map(entry("alias")), ...patterns.map(entry("pattern"))];
}

function byPrecedence(one: Entry, other: Entry): number {
  return (
    kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
    charactersOf(other) - charactersOf(one) ||
    Number(one.provider === undefined) - Number(other.provider === undefined)
  );
}

const charactersOf = ({ name }: Entry) => name.replaceAll("*", "").length;

function isFor(model: string, provider = ""): (entry: Entry) => boolean {
  const [calledModel, calledProvider] = [normalized(model), normalized(provider)];
  return (entry) =>
    (entry.provider === undefined || entry.provider === calledProvider) && fits(entry.name, calledModel);
}
