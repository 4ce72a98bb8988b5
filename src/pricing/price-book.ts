import { noPrices, type PriceBook } from "../domain/price.js";
import type { PriceSource } from "../vocabulary.js";
import { openGenaiPrices } from "./genai-prices.source.js";
import { openPricingFile } from "./pricing-file.source.js";
import { costUsd, type TariffSource, type Tariffs } from "./tariff.js";

/** Where prices come from. */
export interface PriceBookOptions {
  readonly priceSource: PriceSource;
  /** The path of a file whose prices win over those of the source. */
  readonly pricingFile: string | undefined;
}

/** So many models are remembered with their prices; looking one up takes the package longer than pricing a call. */
const rememberedModels = 1_000;

/**
 * Opens what is named as the source of prices: the file first, where it has a price for the time of a call.
 * @throws ConfigError naming every mistake of the file, or why it cannot be read
 */
export async function openPriceBook({ priceSource, pricingFile }: PriceBookOptions): Promise<PriceBook> {
  const file = pricingFile === undefined ? [] : [await openPricingFile(pricingFile)];
  const sources = priceSource === "none" ? file : [...file, openGenaiPrices()];
  return sources.length === 0 ? noPrices : bookOf(sources);
}

function bookOf(sources: readonly TariffSource[]): PriceBook {
  const pricesOf = remembering((model, provider) =>
    sources.map(({ version, tariffsOf }) => ({ version, tariffs: tariffsOf(model, provider) })),
  );
  return {
    version: sources.map(({ version }) => version).join("+"),
    costOf: (call) => {
      for (const { version, tariffs } of pricesOf(call.model, call.provider)) {
        const tariff = tariffs?.(call.startedAt);
        if (tariff === undefined) continue;
        const computedCostUsd = costUsd(tariff, call);
        return computedCostUsd === undefined ? undefined : { computedCostUsd, priceVersion: version };
      }
      return undefined;
    },
  };
}

type PricesOf = (
  model: string,
  provider: string | undefined,
) => readonly { readonly version: string; readonly tariffs: Tariffs | undefined }[];

/** Remembers the models that were looked up, and forgets the oldest when they are too many. */
function remembering(lookUp: PricesOf): PricesOf {
  const known = new Map<string, ReturnType<PricesOf>>();
  return (model, provider) => {
    const key = JSON.stringify([model, provider]);
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const prices = lookUp(model, provider);
    const [oldest] = known.keys();
    if (known.size >= rememberedModels && oldest !== undefined) known.delete(oldest);
    known.set(key, prices);
    return prices;
  };
}
