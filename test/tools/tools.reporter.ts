import type { Reporter } from "vitest/node";
import { findTool, toolNames, versionOf } from "./tool-binary.js";

/** Says at the end which tools the tests ran with, and which were not there. */
export class ToolsReporter implements Reporter {
  onTestRunEnd(): void {
    for (const name of toolNames) {
      const path = findTool(name);
      const found =
        path === undefined
          ? "not found, its tests were skipped (see WSM_TOOLS_DIR in the README)"
          : versionOf(path);
      console.log(`${name}: ${found}`);
    }
  }
}
