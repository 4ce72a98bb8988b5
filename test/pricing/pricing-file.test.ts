import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { ModelUsage, PriceBook } from "../../src/domain/price.js";
import { openPriceBook } from "../../src/pricing/price-book.js";
import { pricingFile } from "../../src/pricing/pricing-file.schema.js";
import { givenPrices, givenPricingFile, pricedAt } from "../support/pricing-file.js";

/** What a million input tokens of a call cost. */
function rateOf(prices: PriceBook, call: Partial<ModelUsage> = {}): number | undefined {
  const startedAt = new Date("2026-02-23T10:00:00Z");
  return prices.costOf({ model: "house-large", startedAt, inputTokens: 1_000_000, ...call })?.computedCostUsd;
}

describe("a call finds its price", () => {
  test("by the name, the aliases and the patterns of a model", async () => {
    const names = { aliases: ["house-large-latest"], patterns: ["house-large-2026*"] };
    const prices = await givenPrices([pricedAt(3, names)]);

    expect(rateOf(prices, { model: "house-large" })).toBe(3);
    expect(rateOf(prices, { model: "house-large-latest" })).toBe(3);
    expect(rateOf(prices, { model: "house-large-20260223" })).toBe(3);
    expect(rateOf(prices, { model: "house-large-2025" })).toBeUndefined();
  });

  test("whatever the capitals and the space around a name", async () => {
    const prices = await givenPrices([
      pricedAt(3, { name: "House-Large", patterns: ["* XL "], provider: "House" }),
    ]);

    expect(rateOf(prices, { model: " house-LARGE ", provider: "HOUSE " })).toBe(3);
    expect(rateOf(prices, { model: "anything xl", provider: "house" })).toBe(3);
  });

  test("by its exact name before an alias, by an alias before a pattern, whatever stands first", async () => {
    const prices = await givenPrices([
      pricedAt(1, { name: "by-pattern", patterns: ["house-*"] }),
      pricedAt(2, { name: "by-alias", aliases: ["house-large", "house-small"], provider: "house" }),
      pricedAt(3, { name: "house-large" }),
    ]);

    expect(rateOf(prices, { model: "house-large", provider: "house" })).toBe(3);
    expect(rateOf(prices, { model: "house-small", provider: "house" })).toBe(2);
    expect(rateOf(prices, { model: "house-tiny", provider: "house" })).toBe(1);
  });

  test("by the pattern with the most characters, and then by the one that stands first", async () => {
    const prices = await givenPrices([
      pricedAt(1, { name: "any", patterns: ["*"] }),
      pricedAt(2, { name: "short", patterns: ["*h*o*u*s*e*"] }),
      pricedAt(3, { name: "long", patterns: ["*-large"] }),
      pricedAt(4, { name: "as long", patterns: ["house-*"] }),
    ]);

    expect(rateOf(prices, { model: "house-large" })).toBe(3);
    expect(rateOf(prices, { model: "house-small" })).toBe(4);
    expect(rateOf(prices, { model: "xhouse" })).toBe(2);
    expect(rateOf(prices, { model: "else" })).toBe(1);
  });

  test("for its provider before one for all of them, and never for another one", async () => {
    const prices = await givenPrices([
      pricedAt(1, { provider: "elsewhere" }),
      pricedAt(2),
      pricedAt(3, { provider: "house" }),
    ]);

    expect(rateOf(prices, { provider: "house" })).toBe(3);
    expect(rateOf(prices, { provider: "unheard of" })).toBe(2);
    expect(rateOf(prices)).toBe(2);
  });

  test("not when a price is only for providers that it does not name", async () => {
    const prices = await givenPrices([pricedAt(3, { provider: "house" })]);

    expect(rateOf(prices)).toBeUndefined();
    expect(rateOf(prices, { provider: "elsewhere" })).toBeUndefined();
  });
});

describe("a * of a pattern", () => {
  test.each([
    ["a*", ["a", "ab", "a*"], ["", "ba"]],
    ["*a", ["a", "ba", "aa"], ["ab", ""]],
    ["a*a", ["aa", "aba", "aaa"], ["a"]],
    ["a*b*c", ["abc", "axbxc", "abbcc"], ["acb", "ac", "abcd"]],
    ["**", ["", "x"], []],
    ["a.c*", ["a.cd"], ["abcd"]],
    ["(a+)+*", ["(a+)+"], ["aaaa"]],
  ])("stands for any characters in %s", async (pattern, fitting, others) => {
    const prices = await givenPrices([pricedAt(3, { name: "no-other", patterns: [pattern] })]);

    expect(fitting.map((model) => rateOf(prices, { model }))).toEqual(fitting.map(() => 3));
    expect(others.map((model) => rateOf(prices, { model }))).toEqual(others.map(() => undefined));
  });
});

describe("a price holds", () => {
  const price = (input: number, validity: object) => ({
    ...validity,
    usdPerMillionTokens: { input, output: 0 },
  });
  const at = (instant: string) => ({ startedAt: new Date(instant) });

  test("from a time on and until just before one, to the millisecond", async () => {
    const prices = await givenPrices([
      pricedAt(0, {
        prices: [
          price(3, { from: "2026-02-01T09:00:00+01:00" }),
          price(1, { until: "2026-01-01" }),
          price(2, { from: "2026-01-01", until: "2026-02-01T08:00:00Z" }),
        ],
      }),
    ]);

    expect(rateOf(prices, at("2025-12-31T23:59:59.999Z"))).toBe(1);
    expect(rateOf(prices, at("2026-01-01T00:00:00.000Z"))).toBe(2);
    expect(rateOf(prices, at("2026-02-01T07:59:59.999Z"))).toBe(2);
    expect(rateOf(prices, at("2026-02-01T08:00:00.000Z"))).toBe(3);
  });

  test("not in a gap between two, where the next entry that fits is asked", async () => {
    const gap = [price(1, { until: "2026-01-01" }), price(2, { from: "2026-02-01" })];
    const prices = await givenPrices([
      pricedAt(0, { prices: gap }),
      pricedAt(5, { name: "any", patterns: ["house-l*"] }),
      pricedAt(0, { name: "house-small", prices: gap }),
    ]);

    expect(rateOf(prices, at("2026-01-15T00:00:00Z"))).toBe(5);
    expect(rateOf(prices, { model: "house-small", ...at("2026-01-15T00:00:00Z") })).toBeUndefined();
  });
});

describe("beside the package", () => {
  const model = "claude-sonnet-4-5";

  test("the file wins, and each call says which of them priced it", async () => {
    const prices = await givenPrices([pricedAt(7, { name: model })], "genai-prices");
    const call = { startedAt: new Date(), inputTokens: 1 };
    const [file, source] = prices.version.split("+");

    expect(rateOf(prices, { model })).toBe(7);
    expect(prices.costOf({ ...call, model })?.priceVersion).toBe(file);
    expect(prices.costOf({ ...call, model: "gpt-4o" })?.priceVersion).toBe(source);
  });

  test("the package prices calls from before the file's first price", async () => {
    const later = [{ from: "2026-03-01", usdPerMillionTokens: { input: 7, output: 7 } }];
    const prices = await givenPrices([pricedAt(0, { name: model, prices: later })], "genai-prices");
    const alone = await openPriceBook({ priceSource: "genai-prices", pricingFile: undefined });

    expect(rateOf(prices, { model })).toBe(rateOf(alone, { model }));
    expect(rateOf(prices, { model, startedAt: new Date("2026-03-01") })).toBe(7);
  });

  test("the file prices what the package does not know", async () => {
    const prices = await givenPrices([pricedAt(7, { provider: "house" })], "genai-prices");

    expect(rateOf(prices, { provider: "house" })).toBe(7);
  });
});

describe("the version", () => {
  const versionOf = async (content: string, priceSource: "genai-prices" | "none") =>
    (await openPriceBook({ priceSource, pricingFile: await givenPricingFile(content) })).version;

  test("is that of the file and of the package, whichever there are", async () => {
    const content = '{"models": []}';
    const none = await openPriceBook({ priceSource: "none", pricingFile: undefined });

    expect(none.version).toBe("none");
    expect(await versionOf(content, "none")).toMatch(/^file@[0-9a-f]{12}$/);
    expect(await versionOf(content, "genai-prices")).toMatch(/^file@[0-9a-f]{12}\+genai-prices@[\d.]+$/);
  });

  test("changes with the file, and only with it", async () => {
    const first = await versionOf('{"models": []}', "none");

    expect(await versionOf('{"models": []}', "none")).toBe(first);
    expect(await versionOf('{"models": [] }', "none")).not.toBe(first);
  });
});

describe("what the documentation shows", () => {
  const [, example = ""] = /```json\n([^`]+)```/.exec(readFileSync("docs/pricing.md", "utf8")) ?? [];

  test("is a file that can be used, with the costs it tells of", async () => {
    const prices = await openPriceBook({
      priceSource: "none",
      pricingFile: await givenPricingFile(example),
    });
    const call = { model: "house-large-2026-02", provider: "house" };

    expect(rateOf(prices, { ...call, inputTokens: 1_000 })).toBe(0.0025);
    expect(rateOf(prices, { ...call, inputTokens: 200_001 })).toBe(1.000005);
    expect(rateOf(prices, { ...call, inputTokens: 1_000, startedAt: new Date("2025-12-31") })).toBe(0.003);
    expect(rateOf(prices, { model: "house-small", inputTokens: 1_000 })).toBe(0);
  });

  test("is described by a JSON Schema that says what the program says", () => {
    const schema = JSON.parse(readFileSync("docs/pricing.schema.json", "utf8"));

    expect(schema).toEqual(z.toJSONSchema(pricingFile, { io: "input" }));
  });
});
