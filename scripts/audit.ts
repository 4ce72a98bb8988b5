import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { verdictOf } from "./audit.verdict.js";

const help = `Asks the registry whether anything is known against the packages that are shipped.

Usage: npm run audit

Exit code: 0 nothing of severity high or critical, or the registry does not answer audits, which is said in words;
1 vulnerabilities of that severity, which are listed.`;

const patienceMs = 120_000;

const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
if (values.help) console.log(help);
else {
  const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
    encoding: "utf8",
    timeout: patienceMs,
  });
  const { isBad, sentences } = verdictOf(stdout);
  console.log(sentences.join("\n"));
  process.exitCode = isBad ? 1 : 0;
}
