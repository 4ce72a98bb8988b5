import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { buildSchema } from "graphql";
import { schemaVerdict } from "./schema-changes.js";

const help = `Holds schema.graphql against the schema of the last release, and names every change that breaks clients.

Usage:
  npm run schema              compares
  npm run schema -- --release makes schema.graphql the one of the last release, at the version of package.json

docs/schema/policy.md says what may change when.

Exit code: 0 it may be released at the version of package.json; 1 it may not, and why.`;

const file = (path: string) => new URL(`../${path}`, import.meta.url);
const releasedFile = file("docs/schema/released.graphql");

const { values } = parseArgs({
  options: { help: { type: "boolean", short: "h" }, release: { type: "boolean" } },
});
const { version } = JSON.parse(await readFile(file("package.json"), "utf8")) as { version: string };
const text = await readFile(file("schema.graphql"), "utf8");

if (values.help) console.log(help);
else if (values.release) await writeFile(releasedFile, `# ${version}\n\n${text}`);
else {
  const releasedText = await readFile(releasedFile, "utf8");
  const [, releasedVersion = ""] = /^# (\S+)\n/.exec(releasedText) ?? [];
  const { isAllowed, sentences } = schemaVerdict(
    { version: releasedVersion, schema: buildSchema(releasedText) },
    { version, schema: buildSchema(text) },
  );
  console.log(sentences.join("\n"));
  process.exitCode = isAllowed ? 0 : 1;
}
