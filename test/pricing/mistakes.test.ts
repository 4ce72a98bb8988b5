import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigError } from "../../src/errors.js";
import { openPriceBook } from "../../src/pricing/price-book.js";
import { givenPricingFile } from "../support/pricing-file.js";
import { launchProcess } from "../support/process.js";

/** Why a file is refused. */
async function refusalOf(pricingFile: string): Promise<string> {
  const opened = openPriceBook({ priceSource: "none", pricingFile });
  const error = await opened.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).message.replace(pricingFile, "FILE");
}

/** The mistakes that are named in a file, one line each. */
async function mistakesIn(content: unknown): Promise<readonly string[]> {
  const [title, ...mistakes] = (await refusalOf(await givenPricingFile(content))).split("\n");
  expect(title).toBe("PRICING_FILE: FILE cannot be used:");
  return mistakes.map((line) => line.trim());
}

const rates = { input: 1, output: 2 };
const price = { usdPerMillionTokens: rates };
const model = (facts: object) => ({ name: "house-large", prices: [price], ...facts });
const withPrice = (facts: object) => ({ models: [model({ prices: [{ ...price, ...facts }] })] });
const withRates = (facts: object) => withPrice({ usdPerMillionTokens: { ...rates, ...facts } });
const at = "models.0.prices.0";

describe("a file is refused", () => {
  test("that is not there", async () => {
    expect(await refusalOf("./no/such/pricing.json")).toBe(
      "PRICING_FILE: FILE cannot be read: there is no such file",
    );
  });

  test("that is a folder", async () => {
    const folder = dirname(await givenPricingFile("{}"));
    await mkdir(folder, { recursive: true });

    expect(await refusalOf(folder)).toBe("PRICING_FILE: FILE cannot be read: it is a folder");
  });

  test.each(["", "prices: []", '{"models": [}', '{"models": []'])("that is no JSON: %s", async (content) => {
    expect(await refusalOf(await givenPricingFile(content))).toMatch(/^PRICING_FILE: FILE is not JSON: \S/);
  });

  test("that is no text", async () => {
    expect(await refusalOf(await givenPricingFile(new Uint8Array([0x7b, 0xff, 0x7d])))).toBe(
      "PRICING_FILE: FILE is not JSON: its bytes are not UTF-8 text",
    );
  });
});

const nameRule = "must be a text of 1 to 256 characters without *; a name with * stands in `patterns`";
const patternRule =
  "must be a text of 1 to 256 characters with a *, for any characters; a name without * stands in `aliases`";
const timeRule = expect.stringMatching(/: must be a day such as 2026-02-01, .* or an RFC 3339 time/);
const rateRule = "must be a number from 0 to 999999 with at most 9 decimals";
const rateNames = "input, output, cacheRead, cacheWrite5m, cacheWrite1h";

describe("a mistake is named with its place and what would be right:", () => {
  test.each<[string, unknown, unknown[]]>([
    ["no object", [], ["the file: must be an object"]],
    ["no models", {}, ["models: is required"]],
    ["models that are no list", { models: {} }, ["models: must be a list"]],
    ["a model that is no object", { models: ["house-large"] }, ["models.0: must be an object"]],
    ["no name", { models: [{ prices: [price] }] }, ["models.0.name: is required"]],
    ["a name of nothing", { models: [model({ name: " " })] }, [`models.0.name: ${nameRule}`]],
    ["a name that is no text", { models: [model({ name: 5 })] }, [`models.0.name: ${nameRule}`]],
    ["a name with *", { models: [model({ name: "house-*" })] }, [`models.0.name: ${nameRule}`]],
    ["a long name", { models: [model({ name: "x".repeat(257) })] }, [`models.0.name: ${nameRule}`]],
    ["an alias with *", { models: [model({ aliases: ["a", "b*"] })] }, [`models.0.aliases.1: ${nameRule}`]],
    [
      "a pattern without *",
      { models: [model({ patterns: ["a"] })] },
      [`models.0.patterns.0: ${patternRule}`],
    ],
    ["aliases that are no list", { models: [model({ aliases: "a" })] }, ["models.0.aliases: must be a list"]],
    [
      "a provider of nothing",
      { models: [model({ provider: "" })] },
      ["models.0.provider: must be a text of 1 to 256 characters"],
    ],
    ["no prices", { models: [{ name: "a" }] }, ["models.0.prices: is required"]],
    [
      "none among the prices",
      { models: [model({ prices: [] })] },
      ["models.0.prices: must hold at least one price"],
    ],
    [
      "a price without rates",
      { models: [model({ prices: [{}] })] },
      [`${at}.usdPerMillionTokens: is required`],
    ],
    [
      "no rate of the input or output",
      withPrice({ usdPerMillionTokens: {} }),
      [`${at}.usdPerMillionTokens.input: is required`, `${at}.usdPerMillionTokens.output: is required`],
    ],
    ["a negative rate", withRates({ input: -1 }), [`${at}.usdPerMillionTokens.input: ${rateRule}`]],
    ["a rate as text", withRates({ output: "2" }), [`${at}.usdPerMillionTokens.output: ${rateRule}`]],
    [
      "a rate that is null",
      withRates({ cacheRead: null }),
      [`${at}.usdPerMillionTokens.cacheRead: ${rateRule}`],
    ],
    [
      "a huge rate",
      withRates({ cacheWrite5m: 1e6 }),
      [`${at}.usdPerMillionTokens.cacheWrite5m: ${rateRule}`],
    ],
    [
      "a rate per token",
      withRates({ input: 3.0000000001 }),
      [`${at}.usdPerMillionTokens.input: ${rateRule}`],
    ],
    ["a day that is none", withPrice({ from: "2026-02-30" }), [timeRule]],
    ["a time without an offset", withPrice({ until: "2026-02-01T00:00:00" }), [timeRule]],
    ["a time as a number", withPrice({ from: 2026 }), [timeRule]],
    [
      "an end that is not after the start",
      withPrice({ from: "2026-02-01", until: "2026-02-01T00:00:00Z" }),
      [`${at}.until: must be after \`from\``],
    ],
    [
      "a tier without a size",
      withPrice({ tiers: [{ usdPerMillionTokens: { input: 1 } }] }),
      [`${at}.tiers.0.aboveInputTokens: is required`],
    ],
    [
      "half a token",
      withPrice({ tiers: [{ aboveInputTokens: 0.5, usdPerMillionTokens: { input: 1 } }] }),
      [`${at}.tiers.0.aboveInputTokens: must be a whole number of tokens, 0 or more`],
    ],
    [
      "a tier that changes nothing",
      withPrice({ tiers: [{ aboveInputTokens: 1, usdPerMillionTokens: {} }] }),
      [`${at}.tiers.0.usdPerMillionTokens: must name at least one rate`],
    ],
    [
      "two tiers of one size",
      withPrice({ tiers: [0, 1].map(() => ({ aboveInputTokens: 9, usdPerMillionTokens: { input: 1 } })) }),
      [`${at}.tiers.1.aboveInputTokens: must differ from those of the other tiers`],
    ],
    [
      "fields that nobody knows, at every place",
      {
        currency: "EUR",
        models: [
          {
            ...model({ prices: [{ ...price, usdPerMillionTokens: { ...rates, audio: 1 }, note: "" }] }),
            vendor: "house",
          },
        ],
      },
      [
        `${at}.usdPerMillionTokens.audio: is not a field here; the fields are ${rateNames}`,
        `${at}.note: is not a field here; the fields are from, until, usdPerMillionTokens, tiers`,
        "models.0.vendor: is not a field here; the fields are name, aliases, patterns, provider, prices",
        "currency: is not a field here; the fields are $schema, models",
      ],
    ],
    [
      "names that stand twice, also as aliases, patterns and in other capitals",
      {
        models: [
          model({ aliases: ["house-xl", "HOUSE-large"] }),
          model({ name: "House-XL ", patterns: ["h*", "H*"] }),
          model({ provider: "house" }),
        ],
      },
      [
        "models.0.aliases.1: is the same name as models.0.name; keep one of them",
        "models.1.name: is the same name as models.0.aliases.0; keep one of them",
        "models.1.patterns.1: is the same name as models.1.patterns.0; keep one of them",
      ],
    ],
    [
      "prices of one model that hold at the same time",
      {
        models: [
          model({
            prices: [
              { ...price, until: "2026-02-01" },
              { ...price, from: "2026-02-01" },
              { ...price, from: "2026-01-31", until: "2026-02-01" },
              { ...price, from: "2026-03-01" },
            ],
          }),
        ],
      },
      [
        "models.0.prices.2: must not hold at the same time as models.0.prices.0; end the earlier one with `until`",
        "models.0.prices.3: must not hold at the same time as models.0.prices.1; end the earlier one with `until`",
      ],
    ],
  ])("%s", async (_, content, mistakes) => {
    expect(await mistakesIn(content)).toEqual(mistakes);
  });
});

test("mistakes of every kind are named together", async () => {
  const broken = {
    models: [
      model({ prices: [{ from: "yesterday" }, price, price] }),
      model({ provider: 5 }),
      model({ aliases: [7, "other"], prices: "none" }),
      "nothing",
      model({ name: "other" }),
    ],
  };

  const places = (await mistakesIn(broken)).map((line) => line.slice(0, line.indexOf(": ")));

  expect(places).toEqual([
    "models.0.prices.0.from",
    "models.0.prices.0.usdPerMillionTokens",
    "models.1.provider",
    "models.2.aliases.0",
    "models.2.prices",
    "models.3",
    "models.2.name",
    "models.4.name",
    "models.0.prices.2",
  ]);
});

test("a server that is started with such a file says so and ends with exit code 2", async () => {
  const PRICING_FILE = await givenPricingFile(withRates({ input: -1 }));
  const server = await launchProcess({ PRICING_FILE, LOG_LEVEL: "silent" });

  expect(await server.exited).toBe(2);
  expect(server.output()).toContain(`${at}.usdPerMillionTokens.input: ${rateRule}`);
});
