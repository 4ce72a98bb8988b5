import { readFileSync } from "node:fs";
import { calcPrice, waitForUpdate } from "@pydantic/genai-prices";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ModelUsage } from "../../src/domain/price.js";
import { openPriceBook } from "../../src/pricing/price-book.js";
import { always } from "../support/property.js";

const startedAt = new Date("2026-02-23T10:00:00Z");
const prices = await openPriceBook({ priceSource: "genai-prices", pricingFile: undefined });
const providers = (await waitForUpdate()) ?? [];

const costOf = (call: Partial<ModelUsage> & { readonly model: string }) =>
  prices.costOf({ startedAt, inputTokens: 1_000_000, ...call })?.computedCostUsd;

/** The package's own figure, which it adds up in floating point. */
function packageCost({ model, provider, startedAt, ...tokens }: ModelUsage) {
  const { inputTokens = 0, cacheReadTokens = 0, cacheWrite5mTokens = 0, cacheWrite1hTokens = 0 } = tokens;
  const writes = cacheWrite5mTokens + cacheWrite1hTokens;
  const usage = {
    input_tokens: inputTokens + cacheReadTokens + writes,
    cache_read_tokens: cacheReadTokens,
    cache_write_tokens: writes,
    cache_write_5m_tokens: cacheWrite5mTokens,
    cache_write_1h_tokens: cacheWrite1hTokens,
    output_tokens: tokens.outputTokens ?? 0,
  };
  return calcPrice(usage, model, { timestamp: startedAt, providerId: provider });
}

/** Calls to models of the package. */
function arbitraryCall(): fc.Arbitrary<ModelUsage> {
  const names = providers.flatMap(({ id, models }) => models.map((model) => ({ id, model: model.id })));
  const count = fc.option(fc.nat({ max: 600_000 }), { nil: undefined });
  const counts = fc.record({
    inputTokens: count,
    cacheReadTokens: count,
    cacheWrite5mTokens: count,
    cacheWrite1hTokens: count,
    outputTokens: count,
  });
  const at = fc.date({ min: new Date("2023-01-01"), max: new Date("2028-01-01"), noInvalidDate: true });
  return fc
    .tuple(fc.constantFrom(...names), fc.boolean(), at, counts)
    .map(([{ id, model }, isNamed, startedAt, counts]) => ({
      model,
      provider: isNamed ? id : undefined,
      startedAt,
      ...counts,
    }));
}

test("every call costs what the package says, or nothing is known where the package has no rate", async () => {
  let known = 0;

  await always(arbitraryCall(), { runs: 3_000, seconds: 20 }, async (call) => {
    const usd = prices.costOf(call)?.computedCostUsd;

    const { total_price = 0, model_price = {} } = packageCost(call) ?? {};
    const { inputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens, outputTokens } = call;
    const counts = [inputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens, outputTokens];
    if (usd === undefined) {
      const isUnrated = outputTokens !== 0 && model_price.output_mtok === undefined;
      const saysNothing = counts.every((count) => count === undefined);
      expect(model_price.input_mtok === undefined || isUnrated || saysNothing).toBe(true);
      return;
    }
    known += 1;
    expect(Math.abs(usd - total_price)).toBeLessThan(0.00000051);
    expect(Number(usd.toFixed(6))).toBe(usd);
  });
  expect(known).toBeGreaterThan(1_000);
});

test("the version is that of the installed package", () => {
  const { version } = JSON.parse(readFileSync("node_modules/@pydantic/genai-prices/package.json", "utf8"));

  expect(prices.version).toBe(`genai-prices@${version}`);
});

describe("a model is looked up", () => {
  test("by its name alone when no provider is named", () => {
    expect(costOf({ model: "claude-sonnet-4-5", inputTokens: 200_000 })).toBe(0.6);
  });

  test("whatever its capitals and the date or the size of context behind it", () => {
    const usual = costOf({ model: "claude-sonnet-4-5" });

    for (const model of ["Claude-Sonnet-4-5", "claude-sonnet-4-5-20250929", "claude-sonnet-4-5[1m]"])
      expect(costOf({ model })).toBe(usual);
  });

  test("at the provider that is named", () => {
    const call = { model: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", inputTokens: 100_000 };

    expect(costOf(call)).toBeUndefined();
    expect(costOf({ ...call, provider: "aws.bedrock" })).toBe(0.33);
  });

  test("nowhere when the named provider is unknown", () => {
    expect(costOf({ model: "claude-sonnet-4-5", provider: "house" })).toBeUndefined();
  });

  test("in vain when it is unknown", () => {
    expect(costOf({ model: "house-large" })).toBeUndefined();
    expect(costOf({ model: "house-large", provider: "anthropic" })).toBeUndefined();
  });
});

describe("nothing is known of", () => {
  test("a call without any token count", () => {
    expect(costOf({ model: "claude-sonnet-4-5", inputTokens: undefined })).toBeUndefined();
  });

  test("a model whose price names no rate for tokens, which may be free or unknown", () => {
    expect(calcPrice({ input_tokens: 1 }, "whisper-1", { providerId: "openai" })?.total_price).toBe(0);
    expect(costOf({ model: "whisper-1", provider: "openai" })).toBeUndefined();
  });

  test("output tokens of a model that has a rate for its input only", () => {
    const call = { model: "text-embedding-3-small", provider: "openai" };

    expect(costOf(call)).toBeGreaterThan(0);
    expect(costOf({ ...call, outputTokens: 1 })).toBeUndefined();
  });
});

test("a fee per call is added to the tokens, for as many calls as they are the total of", () => {
  const call = { model: "sonar", provider: "perplexity", inputTokens: 1_000 };
  const tokens = (costOf({ ...call, inputTokens: 2_000 }) ?? 0) - (costOf(call) ?? 0);
  const fee = (costOf({ ...call, callCount: 2 }) ?? 0) - (costOf(call) ?? 0);

  expect(fee).toBeGreaterThan(0);
  expect(costOf(call)).toBeCloseTo(tokens + fee, 9);
});

test("a price that changed is the one of the time at which the call started", () => {
  const dated = providers.flatMap(({ id, models }) =>
    models.flatMap(({ id: model, prices }) =>
      Array.isArray(prices)
        ? prices.flatMap(({ constraint }) =>
            constraint !== undefined && "start_date" in constraint
              ? { model, provider: id, start: new Date(constraint.start_date) }
              : [],
          )
        : [],
    ),
  );
  const changes = dated.map(({ start, ...call }) => {
    const before = { ...call, startedAt: new Date(start.getTime() - 1), inputTokens: 1_000_000 };
    return [costOf(before), costOf({ ...before, startedAt: start })];
  });

  expect(changes.filter(([before, after]) => before !== after).length).toBeGreaterThan(5);
});

test("a price that depends on the time of day does so for every call", () => {
  const daily = providers.flatMap(({ id, models }) =>
    models.flatMap(({ id: model, prices }) =>
      Array.isArray(prices) && prices.some(({ constraint }) => constraint && "start_time" in constraint)
        ? { model, provider: id }
        : [],
    ),
  );
  const hours = Array.from({ length: 24 }, (_, hour) => new Date(Date.UTC(2026, 1, 23, hour, 45)));

  expect(daily.length).toBeGreaterThan(0);
  for (const call of daily) {
    const costs = hours.map((startedAt) => costOf({ ...call, startedAt }));
    const packageCosts = hours.map(
      (startedAt) => packageCost({ ...call, startedAt, inputTokens: 1_000_000 })?.total_price,
    );

    expect(new Set(costs).size).toBeGreaterThan(1);
    expect(costs).toEqual(packageCosts.map((usd) => Number(usd?.toFixed(6))));
  }
});

test("prices are the same after more models than are remembered were looked up", () => {
  const before = costOf({ model: "claude-sonnet-4-5" });
  for (let index = 0; index < 1_100; index += 1) costOf({ model: `unknown-${index}` });

  expect(costOf({ model: "claude-sonnet-4-5" })).toBe(before);
});
