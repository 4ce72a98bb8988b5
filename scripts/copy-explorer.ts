import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { constants, gzipSync } from "node:zlib";

// GraphiQL and what it runs on are not shipped with the package, only these files of them.
const sources: Readonly<Record<string, string>> = {
  "react.js": "node_modules/react/umd/react.production.min.js",
  "react-dom.js": "node_modules/react-dom/umd/react-dom.production.min.js",
  "graphiql.js": "node_modules/graphiql/graphiql.min.js",
  "graphiql.css": "node_modules/graphiql/graphiql.min.css",
  "boot.js": "dist/explorer/page/boot.js",
  "page.css": "src/explorer/page/page.css",
};
const licences = ["react", "react-dom", "graphiql"];

const root = new URL("../", import.meta.url);
const folder = new URL("dist/explorer/assets/", root);

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const index: Record<string, string> = {};
for (const [name, path] of Object.entries(sources)) {
  const content = await readFile(new URL(path, root));
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const file = name.replace(".", `.${hash}.`);
  await writeFile(new URL(`${file}.gz`, folder), gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
  index[name] = file;
}
await writeFile(new URL("index.json", folder), `${JSON.stringify(index, null, 2)}\n`);
const texts = licences.map((name) => readFile(new URL(`node_modules/${name}/LICENSE`, root), "utf8"));
await writeFile(
  new URL("LICENCES.txt", folder),
  (await Promise.all(texts)).map((text, at) => `${licences[at]}\n\n${text}`).join("\n\n"),
);
