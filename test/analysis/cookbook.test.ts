import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadData } from "../../bench/seed/load.js";
import { startTestServer } from "../support/server.js";

const path = fileURLToPath(new URL("../../docs/cookbook.md", import.meta.url));
const server = await startTestServer({ clock: "2026-03-01T00:00:00Z", env: { REQUEST_TIMEOUT_MS: "60000" } });

/** A query, and the answer below it. */
const step = /```graphql\n([\s\S]*?)```\n\n```json\n[\s\S]*?```/g;

/** An answer as the page shows it: a row on a line. */
function shown(answer: unknown): string {
  const text = JSON.stringify(answer, null, 2);
  return text.replaceAll(/\{\s+"key[\s\S]*?\]\s+\}|\{\s+"start[\s\S]*?\]\s+\}|\[[^[\]{}]*\]/g, (row) =>
    row.replaceAll(/\s+/g, " "),
  );
}

// `npx vitest run -u test/analysis/cookbook.test.ts` writes the answers anew.
test("every query of the cookbook has the answer that stands below it", async () => {
  const page = await readFile(path, "utf8");
  await loadData(server.database.store, {
    ...{ executions: 2_000, callsDays: 365, seed: 1 },
    until: new Date("2026-03-01T00:00:00Z"),
  });
  const answers = new Map<string, string>();
  for (const [, query = ""] of page.matchAll(step)) {
    const { body } = await server.graphql(query);
    expect(body.errors, query).toBeUndefined();
    answers.set(query, shown(body.data));
  }

  const answered = page.replaceAll(
    step,
    (_, query: string) => `\`\`\`graphql\n${query}\`\`\`\n\n\`\`\`json\n${answers.get(query)}\n\`\`\``,
  );

  expect(answers.size).toBe(20);
  await expect(answered).toMatchFileSnapshot(path);
}, 60_000);
