import type { SQL } from "drizzle-orm";
import type { Database } from "./database.js";

/** Makes the parts that a statement is written in, its `with` queries, of what the query builder cannot say. */
export const queryParts = (db: Database) => (name: string, statement: SQL) =>
  db.$with(name, {}).as(statement);
