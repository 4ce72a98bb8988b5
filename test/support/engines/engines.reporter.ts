import type { Reporter, TestModule } from "vitest/node";

interface Found {
  readonly postgresFound: boolean;
  readonly chromiumFound: boolean;
}

/** Says at the end which engines the tests ran on; on CI a missing PostgreSQL or browser fails the run. */
export class EnginesReporter implements Reporter {
  constructor(private readonly found: Found) {}

  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = new Map<string, number>();
    for (const { project, children } of modules) {
      const { database } = project.getProvidedContext();
      const ran = [...children.allTests()].filter((test) => test.result().state !== "skipped");
      const engine = database?.version ?? "no database";
      counts.set(engine, (counts.get(engine) ?? 0) + ran.length);
    }
    const sentences = [...counts].map(([engine, count]) => `${engine}: ${count} tests`);
    console.log(`Engines: ${sentences.join("; ")}`);
    const { postgresFound, chromiumFound } = this.found;
    const missing = [
      ...(postgresFound
        ? []
        : ["PostgreSQL: not found, its tests did not run; install a server or set TEST_DATABASE_URL"]),
      ...(chromiumFound
        ? []
        : ["Chromium: not found, pages were not looked at; install it or set CHROMIUM_PATH"]),
    ];
    for (const sentence of missing) console.log(sentence);
    if (missing.length === 0 || process.env.CI !== "true") return;

    console.log("With CI=true that is a failure: everything must be tried there.");
    process.exitCode = 1;
  }
}
