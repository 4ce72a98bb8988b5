import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { findChromium } from "./test/support/browser/chromium.binary.js";
import { EnginesReporter } from "./test/support/engines/engines.reporter.js";
import { findPostgresBinaries, givenServer } from "./test/support/engines/postgres.binaries.js";

const chromiumFound = findChromium() !== undefined;
const postgresFound = givenServer !== undefined || findPostgresBinaries() !== undefined;

const all = ["test/**/*.test.ts"];
const withoutDatabase = [
  "test/architecture.test.ts",
  "test/audit.test.ts",
  "test/bench/figures.test.ts",
  "test/config.test.ts",
  "test/evidence/figures.test.ts",
  "test/faults/fault-proxy.test.ts",
  "test/gathering/gathering.test.ts",
  "test/openapi/document.test.ts",
  "test/security.test.ts",
  "test/schema.test.ts",
  "test/schema-changes.test.ts",
  "test/pricing/*.test.ts",
  "test/otlp/decoding*.test.ts",
  "test/otlp/mapping*.test.ts",
  "test/overload/lane.test.ts",
  "test/store/database-url.test.ts",
];
const inBrowser = ["test/browser/**/*.test.ts"];
const withDatabase = { include: all, exclude: [...withoutDatabase, ...inBrowser] };

const setups = "test/support/engines";
const build = `${setups}/build.setup.ts`;
const sources = { name: "sources", include: withoutDatabase, globalSetup: [build] };
const pglite = { name: "pglite", ...withDatabase, globalSetup: [build, `${setups}/pglite.setup.ts`] };
const browser = { name: "browser", include: inBrowser, globalSetup: pglite.globalSetup };
/** The engine behind the server makes no difference to those who talk to it from outside. */
const fromOutside = [
  ...["test/cli/**", "test/client/**", "test/mcp/wire.test.ts", "test/openapi/**"],
  ...["test/access/exposure.test.ts", "test/access/loopback.test.ts", "test/access/roles.test.ts"],
  ...["test/exports/whole-or-broken.test.ts", "test/metrics/*.test.ts", "test/persisted-documents.test.ts"],
  ...[
    "answer-headers",
    "bodies",
    "documents",
    "explorer",
    "graphql-audits",
    "hostile-bodies",
    "limit-edges",
  ].map((name) => `test/wire/${name}.test.ts`),
  ...["limits", "routes", "scoreboard-text", "slow-clients"].map((name) => `test/wire/${name}.test.ts`),
];
const postgres = {
  name: "postgres",
  include: all,
  exclude: [...withDatabase.exclude, ...fromOutside],
  globalSetup: [build, `${setups}/postgres.setup.ts`],
};

export default defineConfig({
  resolve: {
    // A second copy of graphql, picked by its ESM entry, would break `instanceof`.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
  },
  test: {
    reporters: ["default", new EnginesReporter({ postgresFound, chromiumFound })],
    isolate: false, // files of one worker share what they import
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Each worker may hold an embedded database of 0.3 GB.
    maxWorkers: Math.min(4, availableParallelism()),
    coverage: {
      enabled: process.env.CI === "true",
      include: ["src/**/*.{ts,tsx}"],
      reporter: ["text", "lcovonly"],
      thresholds: {
        "src/domain/**": { branches: 90 },
        "src/store/**": { branches: 90 },
        "src/graphql/**": { branches: 90 },
        "src/rest/**": { branches: 90 },
        "src/otlp/**": { branches: 90 },
      },
    },
    projects: [
      sources,
      pglite,
      ...(postgresFound ? [postgres] : []),
      ...(chromiumFound ? [browser] : []),
    ].map((test) => ({ extends: true as const, test })),
  },
});
