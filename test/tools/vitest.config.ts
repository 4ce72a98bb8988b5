import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { ToolsReporter } from "./tools.reporter.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Tests that run real tools of other vendors, against stand-ins for what those tools talk to. */
export default defineConfig({
  root,
  test: {
    include: ["test/tools/**/*.test.ts"],
    reporters: ["default", new ToolsReporter()],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    globalSetup: ["test/support/engines/build.setup.ts"],
  },
});
