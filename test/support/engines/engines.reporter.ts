import type { Reporter, TestModule } from "vitest/node";

/** Says at the end which engines the tests ran on; on CI a missing PostgreSQL fails the run. */
export class EnginesReporter implements Reporter {
  constructor(private readonly postgresFound: boolean) {}

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
    if (this.postgresFound) return;

    console.log("PostgreSQL: not found, its tests did not run; install a server or set TEST_DATABASE_URL");
    if (process.env.CI !== "true") return;
    console.log("With CI=true that is a failure: the tests must run on both engines.");
    process.exitCode = 1;
  }
}
