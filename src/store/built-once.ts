import type { Database } from "./database.js";

/**
 * A statement that is built once for the pool and sent from then on with other values: building it takes longer than
 * what most statements do. In a transaction, which is a handle of its own, it is built as often as it is sent there.
 */
export function builtOnce<Statement>(build: (db: Database) => Statement): (db: Database) => Statement {
  const built = new WeakMap<Database, Statement>();
  return (db) => {
    const known = built.get(db) ?? build(db);
    built.set(db, known);
    return known;
  };
}
