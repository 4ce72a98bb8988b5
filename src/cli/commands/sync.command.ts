import { join } from "node:path";
import type { Command } from "commander";
import type { Delivery } from "../../client/client.js";
import type { Cli } from "../cli.js";

const examples = `
Examples:
  wsm sync
  wsm sync --strict && echo 'everything is recorded'`;

/** `wsm sync`. */
export function defineSync(program: Command, cli: Cli): void {
  program
    .command("sync")
    .summary("deliver what waits on disk")
    .description("Delivers what was reported while the server was away, in order.")
    .addHelpText("after", examples)
    .action(() => sync(cli));
}

async function sync(cli: Cli): Promise<void> {
  const { err } = cli.surroundings;
  const progress = ({ delivered, waiting }: Delivery) =>
    err.write(`\rwsm: ${delivered} delivered, ${waiting} wait `);
  const delivery = await cli.client().sync({ ...(err.isTTY && { onProgress: progress }) });
  if (err.isTTY && delivery.delivered > 0) err.write("\n");
  cli.told(delivery);
  const { delivered, refused, waiting, failure } = delivery;
  const text = `${delivered} delivered, ${refused} refused, ${waiting} waiting`;
  cli.result({ delivered, refused, waiting, reason: failure?.message ?? null }, text);
  await tellOfOthers(cli);
}

/** What waits for servers that nobody talks to now. */
async function tellOfOthers(cli: Cli): Promise<void> {
  const { spoolsIn } = await import("../../client/spool/spool.js");
  const { stateFolder, url } = cli.settings();
  for (const spool of await spoolsIn(join(stateFolder, "spool"))) {
    if (spool.url !== url && spool.waiting > 0) {
      cli.say(`${spool.waiting} wait for ${spool.url}; \`WSM_URL=${spool.url} wsm sync\` delivers them.`);
    }
  }
}
