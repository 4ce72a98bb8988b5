/** What a project's global setup hands to its test files: where a migrated database comes from. */
export type ProvidedDatabase =
  | {
      readonly engine: "pglite";
      /** What is behind it, in words: `PGlite (PostgreSQL 18.6)`. */
      readonly version: string;
      /** A dump of a migrated data folder. */
      readonly dump: string;
    }
  | {
      readonly engine: "postgres";
      /** What is behind it, in words: `PostgreSQL 15.18 (temporary cluster)`. */
      readonly version: string;
      /** URL of the server's maintenance database. */
      readonly server: string;
      /** Name of a migrated database that nobody is connected to. */
      readonly template: string;
    };

declare module "vitest" {
  interface ProvidedContext {
    readonly database: ProvidedDatabase;
  }
}
