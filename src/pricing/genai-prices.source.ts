import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { calcPrice, type ModelPrice, type TieredPrices } from "@pydantic/genai-prices";
import { type StatedRates, type Tariff, type TariffSource, tariffOf } from "./tariff.js";

const packageName = "@pydantic/genai-prices";

/** How the package names what a price states. */
const priceKeys = {
  input: "input_mtok",
  cacheRead: "cache_read_mtok",
  cacheWrite5m: "cache_write_mtok",
  cacheWrite1h: "cache_write_1h_mtok",
  output: "output_mtok",
  calls: "requests_kcount",
} as const satisfies Record<keyof StatedRates, string>;

/** The prices in the data of the package; it never asks the network for newer ones. */
export function openGenaiPrices(): TariffSource {
  return { version: `genai-prices@${installedVersion()}`, tariffsOf };
}

/** A price that never changes is looked up once, at any time; one that does is looked up for each. */
function tariffsOf(model: string, provider: string | undefined) {
  const lookUp = (timestamp: Date) => calcPrice({}, model, { providerId: provider, timestamp });
  const found = lookUp(new Date());
  if (found === null) return undefined;
  const always = tariffIn(found.model_price);
  const changes = Array.isArray(found.model.prices);
  return changes ? (at: Date) => tariffIn(lookUp(at)?.model_price ?? {}) : () => always;
}

/** Undefined for a price without a rate for tokens. */
function tariffIn(price: ModelPrice): Tariff | undefined {
  const { input, ...base } = ratesIn(price, (rate) => (typeof rate === "number" ? rate : rate.base));
  if (input === undefined) return undefined;
  const starts = Object.values(price).flatMap((rate) =>
    typeof rate === "object" ? rate.tiers.map(({ start }) => start) : [],
  );
  const tiers = [...new Set(starts)].map((aboveInputTokens) => ({
    aboveInputTokens,
    rates: ratesIn(price, (rate) =>
      typeof rate === "number"
        ? undefined
        : rate.tiers.find(({ start }) => start === aboveInputTokens)?.price,
    ),
  }));
  return tariffOf({ input, ...base }, tiers);
}

function ratesIn(
  price: ModelPrice,
  pick: (rate: number | TieredPrices) => number | undefined,
): Partial<StatedRates> {
  const rates = Object.entries(priceKeys).flatMap(([kind, key]) => {
    const rate = price[key];
    const picked = rate === undefined ? undefined : pick(rate);
    return picked === undefined ? [] : [[kind, picked]];
  });
  return Object.fromEntries(rates);
}

/** The package exports no path to its description, which stands beside the folder of its code. */
function installedVersion(): string {
  const code = createRequire(import.meta.url).resolve(packageName);
  return JSON.parse(readFileSync(join(dirname(code), "..", "package.json"), "utf8")).version;
}
