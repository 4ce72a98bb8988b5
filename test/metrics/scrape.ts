import type { TestServer } from "../support/server.js";
import { type Family, growth, parseExposition } from "./exposition.js";

/** What a server answers at `/metrics`. */
export async function scrape(
  server: TestServer,
  headers: Record<string, string> = {},
): Promise<readonly Family[]> {
  const { status, body } = await server.fetch("/metrics", { headers });
  if (status !== 200) throw new Error(`The scrape was refused: ${JSON.stringify(body)}`);
  return parseExposition(String(body));
}

/** By how much each series of a metric grew while `work` was done. */
export async function growthDuring(
  server: TestServer,
  metric: string,
  work: () => Promise<unknown>,
): Promise<Readonly<Record<string, number>>> {
  const before = await scrape(server);
  await work();
  return growth(before, await scrape(server), metric);
}
