import { readFileSync, writeSync } from "node:fs";
import { createClient, type EventInput } from "../../src/client/client.js";

/**
 * Reports events through a client with a spool, one after the other, and says of each on standard output that it is
 * recorded or safe on disk. Whatever ends it, what it said stands.
 */
const [url, spool, planFile = "", from = "0"] = process.argv.slice(2);
const events: readonly EventInput[] = JSON.parse(readFileSync(planFile, "utf8")); // the case wrote it
const client = createClient({ url, spool, retries: 0, timeoutMs: 1_000 });

for (let index = Number(from); index < events.length; index += 1) {
  const [receipt] = await client.recordEvents(events.slice(index, index + 1));
  writeSync(1, `${index} ${receipt?.outcome ?? receipt?.error?.message}\n`);
}
client.close();
