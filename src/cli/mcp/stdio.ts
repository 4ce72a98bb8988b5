import { once } from "node:events";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { mcpServer } from "../../mcp/mcp-server.js";
import { type Cli, clientOf } from "../cli.js";
import { checkEvents } from "../event-rules.js";
import { clientReporting } from "./client-reporting.js";

/** Serves the tools until standard input ends. */
export async function serveMcp(cli: Cli): Promise<void> {
  const { now } = cli.surroundings;
  const client = clientOf(cli.settings(), now, (events) => checkEvents(events, now));
  const handle = serveStdio(() => mcpServer(clientReporting(cli, client)), {
    onerror: (error) => cli.say(error.message),
  });
  await once(cli.surroundings.in, "close");
  await handle.close();
  client.close();
}
