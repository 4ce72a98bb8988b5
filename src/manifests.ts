import { readFile } from "node:fs/promises";
import { z } from "zod";
import { ConfigError } from "./errors.js";

const manifestSchema = z.record(z.string().min(1), z.string().min(1));

/**
 * Reads manifests of persisted documents: JSON objects of texts by their ids, as GraphQL Code Generator writes them.
 * @throws ConfigError naming every file that cannot be read or is none
 */
export async function readManifests(
  paths: readonly string[],
): Promise<readonly Readonly<Record<string, string>>[]> {
  const read = await Promise.all(paths.map((path) => manifestIn(path)));
  const problems = read.filter((each) => typeof each === "string");
  if (problems.length > 0)
    throw new ConfigError(`PERSISTED_DOCUMENTS cannot be used:\n${problems.join("\n")}`);
  return read.filter((each) => typeof each !== "string");
}

/** The manifest, or what is wrong with it. */
async function manifestIn(path: string): Promise<Readonly<Record<string, string>> | string> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    const reason = error instanceof z.ZodError ? "is no JSON object of texts by ids" : String(error);
    return `  ${path}: ${reason}`;
  }
}
