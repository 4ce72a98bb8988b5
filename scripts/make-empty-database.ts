import { writeFile } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";

// The first start of the embedded database is filled from this instead of being made from nothing.
const client = await PGlite.create();
const dump = await client.dumpDataDir("gzip");
await writeFile(
  new URL("../dist/empty-database.tar.gz", import.meta.url),
  Buffer.from(await dump.arrayBuffer()),
);
await client.close();
