import { describe, expect, test } from "vitest";
import { startApp } from "../../src/app.js";
import { parseConfig } from "../../src/config.js";
import { createKey } from "../../src/services/api-key.service.js";
import { openTestDatabase } from "../support/database.js";

/** Whether a server starts with this environment, over a database of its own; why not, when it does not. */
async function startWith(env: Record<string, string>, { withKey = false } = {}): Promise<string> {
  const database = await openTestDatabase();
  const { store } = database;
  if (withKey) await createKey(store.database, { name: "a test", role: "read" }, new Date());
  const config = parseConfig({ PORT: "0", LOG_LEVEL: "silent", ...env });
  try {
    const app = await startApp(config, { store });
    await app.close();
    return "started";
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`; // a start throws errors
  } finally {
    await database.close();
  }
}

describe("listening where other machines reach it", () => {
  test.each(["0.0.0.0", "::"])("at %s is refused without a key, in words", async (HOST) => {
    expect(await startWith({ HOST })).toMatch(/^ConfigError: HOST: .*npm run keys.*INSECURE_NO_AUTH=true/);
  });

  test("is allowed with a key, and when it is asked for in so many words", async () => {
    expect(await startWith({ HOST: "0.0.0.0" }, { withKey: true })).toBe("started");
    expect(await startWith({ HOST: "0.0.0.0", INSECURE_NO_AUTH: "true" })).toBe("started");
  });
});

test.each(["127.0.0.1", "localhost"])("%s needs no key", async (HOST) => {
  expect(await startWith({ HOST })).toBe("started");
});
