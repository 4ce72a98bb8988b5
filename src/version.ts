import { readFileSync } from "node:fs";

const description: { readonly version: string } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"), // the product's own
);

/** Which version of the product this is. */
export const { version } = description;
