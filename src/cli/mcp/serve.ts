import { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { defaultLimits } from "../../limits.js";
import { toolServer } from "../../mcp/tools.js";
import type { Cli } from "../cli.js";
import { clientReporting } from "./client-reporting.js";

/** Serves the tools on standard input and output until the input ends and every report is safe. */
export async function serveTools(cli: Cli): Promise<void> {
  const { in: input, out } = cli.surroundings;
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      out.write(chunk.toString("utf8"));
      done();
    },
  });
  const { reporting, settled } = clientReporting(cli);
  const serverFor = toolServer(defaultLimits, true);
  const served = serveStdio(
    () => serverFor(reporting, ({ code, message }) => cli.say(`${code}: ${message}`)),
    {
      transport: new StdioServerTransport(input, output),
    },
  );
  await finished(input, { writable: false }).catch(() => undefined); // however it ends, it has
  await settled();
  await served.close();
}
