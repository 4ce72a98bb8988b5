import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { ModelFacts } from "./pricing-file.js";

/** The environment of a server that knows the prices of these models and no other, for the tests of a file. */
export async function onlyPricesOf(models: readonly ModelFacts[]): Promise<Readonly<Record<string, string>>> {
  const folder = await mkdtemp(join(tmpdir(), "ws-metrics-prices-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "pricing.json");
  await writeFile(path, JSON.stringify({ models }));
  return { PRICING_FILE: path, PRICE_SOURCE: "none" };
}
