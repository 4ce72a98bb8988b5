import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { PriceBook } from "../../src/domain/price.js";
import { openPriceBook } from "../../src/pricing/price-book.js";
import type { PriceSource } from "../../src/vocabulary.js";

interface Rates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
}

/** A price as a pricing file spells it. */
export interface PriceFacts {
  readonly from?: string;
  readonly until?: string;
  readonly usdPerMillionTokens: Rates;
  readonly tiers?: readonly {
    readonly aboveInputTokens: number;
    readonly usdPerMillionTokens: Partial<Rates>;
  }[];
}

/** A model as a pricing file spells it. */
export interface ModelFacts {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly patterns?: readonly string[];
  readonly provider?: string;
  readonly prices: readonly PriceFacts[];
}

/** A model whose input tokens cost that much per million, and whose output tokens nothing. */
export const pricedAt = (input: number, model: Partial<ModelFacts> = {}): ModelFacts => ({
  name: "house-large",
  prices: [{ usdPerMillionTokens: { input, output: 0 } }],
  ...model,
});

/** The path of a file, gone when the test ends. What is not text is written as JSON. */
export async function givenPricingFile(content: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ws-metrics-pricing-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "pricing.json");
  const isRaw = typeof content === "string" || content instanceof Uint8Array;
  await writeFile(path, isRaw ? content : JSON.stringify(content));
  return path;
}

/** The prices of a file with these models, before those of a source if there is one. */
export async function givenPrices(
  models: readonly ModelFacts[],
  priceSource: PriceSource = "none",
): Promise<PriceBook> {
  return openPriceBook({ priceSource, pricingFile: await givenPricingFile({ models }) });
}
