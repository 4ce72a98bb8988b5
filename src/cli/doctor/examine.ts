import { padded, painter } from "../../screen/text.js";
import type { Cli } from "../cli.js";
import { diskChecks } from "./disk.checks.js";
import { type Finding, fine, reasonOf, wrong } from "./finding.js";
import { keyChecks, serverChecks, telemetryChecks } from "./server.checks.js";
import { toolChecks } from "./tool.checks.js";

const signs = { fine: "✓", warning: "!", wrong: "✗" } as const;
const colours = { fine: "green", warning: "yellow", wrong: "red" } as const;
const somethingWrong = 2;

/** Walks the way that reports go and says what is wrong with it. */
export async function examine(cli: Cli): Promise<void> {
  const findings = await allFindings(cli);
  const width = Math.max(...findings.map(({ check }) => check.length));
  const isReadable = findings.every(({ check, verdict }) => check !== "environment" || verdict === "fine");
  const paint = painter(isReadable && cli.settings().hasColour(cli.surroundings.out));
  const lines = findings.map(
    ({ check, verdict, says }) =>
      `${paint(colours[verdict], signs[verdict])} ${padded(check, width)}  ${says}`,
  );
  cli.result({ findings }, lines.join("\n"));
  if (findings.some(({ verdict }) => verdict === "wrong")) cli.fail(somethingWrong);
}

async function allFindings(cli: Cli): Promise<readonly Finding[]> {
  try {
    cli.settings();
  } catch (error) {
    return reasonOf(error)
      .split("\n")
      .map((says) => wrong("environment", says));
  }
  const settings = cli.settings();
  const server = await serverChecks(settings, cli.surroundings.now);
  const isThere = server.every(({ verdict }) => verdict !== "wrong");
  return [
    fine("environment", `${settings.apiKey === undefined ? "no key" : "a key"} for ${settings.url}`),
    ...server,
    ...(isThere ? await keyChecks(settings) : []),
    ...(isThere ? await telemetryChecks(settings) : []),
    ...(await diskChecks(settings)),
    ...(await toolChecks(cli, isThere)),
  ];
}
