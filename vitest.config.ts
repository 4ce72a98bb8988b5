import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";
import { EnginesReporter } from "./test/support/engines/engines.reporter.js";
import { findPostgresBinaries, givenServer } from "./test/support/engines/postgres.binaries.js";

const postgresFound = givenServer !== undefined || findPostgresBinaries() !== undefined;

const pglite = { name: "pglite", globalSetup: "test/support/engines/pglite.setup.ts" };
const postgres = {
  name: "postgres",
  globalSetup: "test/support/engines/postgres.setup.ts",
  exclude: [...configDefaults.exclude, "test/architecture.test.ts"],
};

export default defineConfig({
  resolve: {
    // A second copy of graphql, picked by its ESM entry, would break `instanceof`.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
  },
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", new EnginesReporter(postgresFound)],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Each worker may hold an embedded database of 0.3 GB.
    maxWorkers: Math.min(4, availableParallelism()),
    projects: [pglite, ...(postgresFound ? [postgres] : [])].map((test) => ({
      extends: true as const,
      test,
    })),
  },
});
