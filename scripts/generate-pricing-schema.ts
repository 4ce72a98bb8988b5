import { writeFile } from "node:fs/promises";
import { z } from "zod";
import { pricingFile } from "../src/pricing/pricing-file.schema.js";

const schema = z.toJSONSchema(pricingFile, { io: "input" });
await writeFile(
  new URL("../docs/pricing.schema.json", import.meta.url),
  `${JSON.stringify(schema, null, 2)}\n`,
);
