import { calcPrice, waitForUpdate } from "@pydantic/genai-prices";
import { describe, expect, test } from "vitest";
import { openPriceBook } from "../../src/pricing/price-book.js";
import { codeOf, type SourceFile, sourceFile, sourceFilesOf, stringsOf } from "../support/source-files.js";

const names = ((await waitForUpdate()) ?? []).flatMap(({ id, models }) =>
  models.map((model) => ({ provider: id, model: model.id })),
);
const knownNames = new Set(names.map(({ model }) => model.toLowerCase()));

test("without a source and a file no model has a price", async () => {
  const prices = await openPriceBook({ priceSource: "none", pricingFile: undefined });
  const tokens = { inputTokens: 1_000, outputTokens: 1_000, startedAt: new Date() };

  const costs = names.flatMap(({ provider, model }) => [
    prices.costOf({ ...tokens, model }),
    prices.costOf({ ...tokens, model, provider }),
  ]);

  expect(costs.length).toBeGreaterThan(2_000);
  expect(costs.filter((cost) => cost !== undefined)).toEqual([]);
});

/** Every fraction that stands in the code or in a string of it; each was looked at, and none is a price. */
const reviewed = [
  "src/client/ask.ts: 0.5", // the part of a pause that is not left to chance
  "src/domain/nearest-names.ts: 0.5", // what a letter too many weighs
  "src/domain/usd.ts: 999_999.999999", // the largest amount
  "src/domain/usd.ts: 999999.999999", // the same, in words
  "src/domain/wilson-interval.ts: 1.959964", // the quantile of the normal distribution
  "src/domain/wilson-interval.ts: 2.5", // per cent, in words
  "src/explorer/examples.ts: 0.25", // what a run reports to have cost
  "src/graphql/run-figures.type.ts: 2.5", // the same, in words
  "src/graphql/scalars.ts: 999999.999999", // the same, in words
  "src/http/unreadable.ts: 1.1", // HTTP
  "src/mcp/rpc-error.ts: 2.0", // JSON-RPC
  "src/mcp/server.ts: 2.0", // JSON-RPC
  "src/screen/figures.ts: 0.01", // dollars below which more decimals are shown
  "src/store/engine/driver.ts: 0.25", // seconds between two attempts to connect
  "src/store/scoreboard.repository.ts: 0.95", // the percentile
];

const fraction = /(?<![\w.])(\d[\d_]*)?\.\d[\d_]*(e[+-]?\d+)?(?![\w.])|(?<![\w.])\d[\d_]*e-\d+/gi;

const numbersIn = (text: string) => [...text.matchAll(fraction)].map(([number]) => number);

/** A rule that a file with a price in it breaks. */
interface Rule {
  readonly sentence: string;
  readonly breaches: (file: SourceFile) => readonly string[];
  readonly offenders: readonly string[];
}

const rules: readonly Rule[] = [
  {
    sentence: "no fraction but the reviewed ones",
    breaches: (file) =>
      [codeOf(file), ...stringsOf(file)]
        .flatMap(numbersIn)
        .map((number) => `${file.path}: ${number}`)
        .filter((found) => !reviewed.includes(found)),
    offenders: ["const rate = 0.3;", "const rate = 3 * 1e-6;", "const rate = .25;", 'const rate = "3.75";'],
  },
  {
    sentence: "no key of a rate has a number",
    breaches: ({ path, text }) =>
      [
        ...text.matchAll(
          /\b(\w+_mtok|\w+_kcount|usdPerMillionTokens|(input|output)Rate)\b["']?\s*[:=]\s*[{\d]/gi,
        ),
      ].map(([rate]) => `${path}: ${rate}`),
    offenders: [
      "const price = { input_mtok: 3 };",
      'const price = { "output_mtok" : { base: 15 } };',
      "const model = { usdPerMillionTokens: { input: 3 } };",
    ],
  },
  {
    sentence: "no string names a model that has a price",
    breaches: (file) =>
      stringsOf(file)
        .flatMap((text) => text.split(/[^\w.:@/-]+/))
        .filter((word) => /\d/.test(word) && isModel(word.replace(/[.:/-]+$/, "")))
        .map((word) => `${file.path}: ${word}`),
    offenders: [
      'const model = "claude-sonnet-4-5";',
      "const prices = { 'gpt-4o': [3, 15] };",
      `const sentence = \`such as o3, or \${other}\`;`,
      'const description = "A model, e.g. Gemini-2.5-pro.";',
    ],
  },
];

const isModel = (word: string) => knownNames.has(word.toLowerCase()) || calcPrice({}, word) !== null;

describe.each(rules)("$sentence", ({ breaches, offenders }) => {
  test("in any file under src", () => {
    const files = sourceFilesOf("src");

    expect(files.map(({ path }) => path)).toContain("src/pricing/tariff.ts");
    expect(files.flatMap(breaches)).toEqual([]);
  });

  test.each(offenders)("or it would be noticed: %s", (text) => {
    expect(breaches(sourceFile("src/a.ts", text))).toHaveLength(1);
  });
});
