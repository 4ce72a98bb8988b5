import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ModelUsage } from "../../src/domain/price.js";
import { openPriceBook } from "../../src/pricing/price-book.js";
import { givenPrices, type PriceFacts, pricedAt } from "../support/pricing-file.js";

const startedAt = new Date("2026-02-23T10:00:00Z");
const model = "house-large";

/** What a call costs by that price. */
async function costBy(price: PriceFacts, usage: Partial<ModelUsage>) {
  const prices = await givenPrices([pricedAt(0, { prices: [price] })]);
  return prices.costOf({ model, startedAt, ...usage })?.computedCostUsd;
}

/** What so many input tokens cost at so much per million. */
const costOfInput = (input: number, inputTokens: number) =>
  costBy({ usdPerMillionTokens: { input, output: 0 } }, { inputTokens });

test("a call with all five kinds of tokens costs exactly what its executor computed", async () => {
  const prices = await openPriceBook({ priceSource: "genai-prices", pricingFile: undefined });

  const cost = prices.costOf({
    model: "claude-sonnet-4-5",
    startedAt,
    inputTokens: 120,
    outputTokens: 45,
    cacheReadTokens: 30_000,
    cacheWrite5mTokens: 1_500,
    cacheWrite1hTokens: 500,
  });

  expect(cost).toEqual({ computedCostUsd: 0.01866, priceVersion: prices.version });
});

describe("a cost between two micro-dollars is rounded", () => {
  test.each([
    [0.5, 0],
    [1.5, 0.000002],
    [2.5, 0.000002],
    [3.5, 0.000004],
    [2.500000001, 0.000003],
    [2.499999999, 0.000002],
    [0.500000001, 0.000001],
  ])("%f of them to %f USD", async (input, usd) => {
    expect(await costOfInput(input, 1)).toBe(usd);
  });

  test("once for the whole call, not once per kind of token", async () => {
    const quarters = { input: 0.25, output: 0.25, cacheRead: 0.25, cacheWrite5m: 0.25, cacheWrite1h: 0.25 };
    const one = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 1, cacheWrite5mTokens: 1 };

    expect(await costBy({ usdPerMillionTokens: quarters }, one)).toBe(0.000001);
    expect(await costBy({ usdPerMillionTokens: quarters }, { ...one, cacheWrite1hTokens: 3 })).toBe(0.000002);
  });
});

test("a rate is the decimal number that was written, where binary fractions would be off", async () => {
  expect(0.35 * 90).toBeLessThan(31.5);
  expect(await costOfInput(0.35, 90)).toBe(0.000032);
  expect(0.57 * 150).toBeLessThan(85.5);
  expect(await costOfInput(0.57, 150)).toBe(0.000086);
  expect(await costOfInput(0.000000001, 500_000_000)).toBe(0);
  expect(await costOfInput(0.000000001, 1_500_000_000)).toBe(0.000002);
});

test("costs are those of whole-number arithmetic, whatever the rates and the counts", async () => {
  const nanos = fc.integer({ min: 0, max: 999_999_999 });
  const tokens = fc.integer({ min: 0, max: 900_000 });
  const examples = fc.sample(fc.tuple(nanos, nanos, tokens, tokens), 50);
  for (const [inputRate, outputRate, inputTokens, outputTokens] of examples) {
    const price = { usdPerMillionTokens: { input: inputRate / 1e9, output: outputRate / 1e9 } };

    const usd = await costBy(price, { inputTokens, outputTokens });

    const nanoMicros = BigInt(inputRate) * BigInt(inputTokens) + BigInt(outputRate) * BigInt(outputTokens);
    const [below, rest] = [nanoMicros / 1_000_000_000n, nanoMicros % 1_000_000_000n];
    const isUp = rest > 500_000_000n || (rest === 500_000_000n && below % 2n === 1n);
    expect(BigInt(Math.round((usd ?? -1) * 1e6))).toBe(below + (isUp ? 1n : 0n));
  }
});

describe("a rate that is not named", () => {
  const rates = { input: 10, output: 100 };
  const caches = { cacheReadTokens: 1_000, cacheWrite5mTokens: 2_000, cacheWrite1hTokens: 4_000 };

  test("is that of the input, for whatever a cache read or kept", async () => {
    expect(await costBy({ usdPerMillionTokens: rates }, caches)).toBe(0.07);
  });

  test("is that of the shorter cache, for the longer one", async () => {
    const price = { usdPerMillionTokens: { ...rates, cacheRead: 1, cacheWrite5m: 20 } };

    expect(await costBy(price, caches)).toBe(0.121);
  });

  test("may be zero when it is named so", async () => {
    expect(
      await costBy({ usdPerMillionTokens: { ...rates, cacheRead: 0 } }, { cacheReadTokens: 9_000 }),
    ).toBe(0);
  });
});

describe("tiers", () => {
  const price: PriceFacts = {
    usdPerMillionTokens: { input: 1, output: 10, cacheRead: 0.5 },
    tiers: [
      { aboveInputTokens: 2_000, usdPerMillionTokens: { output: 40 } },
      { aboveInputTokens: 1_000, usdPerMillionTokens: { input: 2, output: 20 } },
    ],
  };

  test.each([
    ["below", { inputTokens: 999 }, 0.000999],
    ["at a threshold, which is not above it", { inputTokens: 1_000 }, 0.001],
    ["one token above, which changes the rate of all of them", { inputTokens: 1_001 }, 0.002002],
    ["where caches count as input", { inputTokens: 1, cacheReadTokens: 1_000 }, 0.000502],
    ["where writes to caches count as input", { cacheWrite5mTokens: 500, cacheWrite1hTokens: 501 }, 0.002002],
    ["where output does not count", { inputTokens: 1_000, outputTokens: 5_000 }, 0.051],
    ["with a rate of the output too", { inputTokens: 1_001, outputTokens: 100 }, 0.004002],
    ["at the second threshold", { inputTokens: 2_000, outputTokens: 100 }, 0.006],
    ["above it, the rest as below", { inputTokens: 2_001, outputTokens: 100 }, 0.008002],
  ])("%s", async (_, usage, usd) => {
    expect(await costBy(price, usage)).toBe(usd);
  });

  test("a total of several calls is priced by their average size", async () => {
    expect(await costBy(price, { inputTokens: 3_000, callCount: 3 })).toBe(0.003);
    expect(await costBy(price, { inputTokens: 3_003, callCount: 3 })).toBe(0.006006);
  });

  test("a total of nobody knows how many calls is priced as small ones", async () => {
    expect(await costBy(price, { inputTokens: 3_000, callCount: 0 })).toBe(0.003);
  });
});

describe("no cost is known", () => {
  test("of a call that names no token count", async () => {
    expect(await costBy({ usdPerMillionTokens: { input: 1, output: 1 } }, {})).toBeUndefined();
  });

  test("of a call that costs more than an amount can be", async () => {
    expect(await costOfInput(999_999, 1_000_001)).toBe(999_999.999999);
    expect(await costOfInput(999_999, 1_000_002)).toBeUndefined();
  });
});

test("counts that are not named are none beside one that is", async () => {
  expect(await costBy({ usdPerMillionTokens: { input: 1, output: 1 } }, { outputTokens: 0 })).toBe(0);
});
