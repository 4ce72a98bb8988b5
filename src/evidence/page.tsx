import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import type { VNode } from "preact";
import { render } from "preact-render-to-string";
import { type Evidence, subjectInWords } from "../domain/evidence.js";
import { Chapter } from "./chapter.js";
import { Cost } from "./cost.js";
import { Gaps } from "./gaps.js";
import { localTime } from "./local-time.js";
import { Methods } from "./methods.js";
import { Opening } from "./opening.js";
import { Run } from "./run.js";
import { RunList } from "./run-list.js";
import { style } from "./style.js";
import { Summary } from "./summary.js";
import { told } from "./told.js";

/** What the page may do in a browser: be styled by its own style, and nothing else. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * An evidence report as one HTML document that needs nothing else, to be read, printed and kept. It is made part by part, so
 * that others have their turn while it grows long.
 */
export async function evidencePage(evidence: Evidence): Promise<string> {
  const parts: string[] = [];
  for (const part of partsOf(evidence)) {
    parts.push(render(part));
    await turn();
  }
  const title = render(<title>{told(`Evidence report: ${subjectInWords(evidence.selection)}`)}</title>);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${title}
<style>${style}</style>
</head>
<body>
<main>
${parts.join("\n")}
</main>
</body>
</html>
`;
}

function* partsOf(evidence: Evidence): Generator<VNode> {
  const { asOf, runs, selection } = evidence;
  const time = localTime(selection.timeZone);
  yield <Opening evidence={evidence} time={time} />;
  yield <Summary evidence={evidence} />;
  yield <Cost evidence={evidence} />;
  yield <Gaps evidence={evidence} />;
  yield <RunList evidence={evidence} time={time} />;
  yield <Chapter id="each" />;
  for (const [index, run] of runs.entries())
    yield <Run run={run} place={index + 1} asOf={asOf} time={time} />;
  yield <Methods />;
}
