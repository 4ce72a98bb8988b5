import { writeFile } from "node:fs/promises";
import { lexicographicSortSchema, printSchema } from "graphql";
import { createSchema } from "../src/graphql/schema.js";

const sdl = printSchema(lexicographicSortSchema(createSchema()));
await writeFile(new URL("../schema.graphql", import.meta.url), `${sdl}\n`);
