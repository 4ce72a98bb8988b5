import type { Assets } from "./assets.js";
import { examples } from "./examples.js";

const escapes: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** JSON that can stand in a page. */
const embedded = (value: unknown) =>
  JSON.stringify(value).replaceAll(/[<\u2028\u2029]/g, (letter) => escapes[letter] ?? letter);

/** The page of the explorer. Its addresses are relative, so that it works wherever a proxy shows it. */
export function explorerPage(assets: Assets): string {
  const address = (name: string) => `explorer/${assets.fileOf(name)}`;
  const style = (name: string) => `<link rel="stylesheet" href="${address(name)}">`;
  const script = (name: string) => `<script defer src="${address(name)}"></script>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ws-metrics explorer</title>
<link rel="icon" href="data:,">
${["graphiql.css", "page.css"].map(style).join("\n")}
${["react.js", "react-dom.js", "graphiql.js", "boot.js"].map(script).join("\n")}
</head>
<body>
<header>
<h1>ws-metrics</h1>
<label>Key <input id="key" type="password" autocomplete="off" spellcheck="false" placeholder="if the server asks for one"></label>
<output id="advice" aria-live="polite"></output>
</header>
<main id="explorer"><p>Loading the explorer…</p><noscript><p>The explorer takes JavaScript.</p></noscript></main>
<script type="application/json" id="examples">${embedded(examples)}</script>
</body>
</html>
`;
}
