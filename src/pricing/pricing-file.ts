import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ConfigError } from "../errors.js";
import { mistakesIn } from "./pricing-file.rules.js";
import { type PricingFile, pricingFile } from "./pricing-file.schema.js";

/** What a pricing file says. */
export interface ReadPricingFile {
  readonly models: PricingFile["models"];
  /** Changes with any byte of the file: `file@` and the beginning of its SHA-256. */
  readonly version: string;
}

/** @throws ConfigError naming every mistake of the file, or why it cannot be read */
export async function readPricingFile(path: string): Promise<ReadPricingFile> {
  const bytes = await readBytes(path);
  const content = parseJson(path, bytes);
  const mistakes = mistakesIn(content);
  if (mistakes.length > 0) {
    const lines = mistakes.map(({ path, message }) => `  ${path === "" ? "the file" : path}: ${message}`);
    throw new ConfigError(`PRICING_FILE: ${path} cannot be used:\n${lines.join("\n")}`);
  }
  const { models } = pricingFile.parse(content);
  return { models, version: `file@${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}` };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "this user may not read it",
};

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException; // what node:fs throws
    throw new ConfigError(`PRICING_FILE: ${path} cannot be read: ${reasons[code] ?? message}`);
  }
}

function parseJson(path: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "its bytes are not UTF-8 text";
    throw new ConfigError(`PRICING_FILE: ${path} is not JSON: ${reason}`);
  }
}
