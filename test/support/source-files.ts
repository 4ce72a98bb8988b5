import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A file of the product, as far as its architecture is concerned. */
export interface SourceFile {
  /** From the root of the repository: `src/store/engine/connect.ts`. */
  readonly path: string;
  readonly text: string;
  /** What it imports: files of ours by `path`, everything else by its specifier. */
  readonly imports: readonly string[];
}

const root = fileURLToPath(new URL("../..", import.meta.url));

const importForms = [
  /^\s*(?:import|export)\b[^;"']*?\bfrom\s*["']([^"']+)["']/gm,
  /^\s*import\s*["']([^"']+)["']/gm,
  /\bimport\(\s*["']([^"']+)["']/g,
];

/** Reads the import lines of `text`, as they would stand in a file at `path`. */
export function sourceFile(path: string, text: string): SourceFile {
  const specifiers = importForms.flatMap((form) =>
    [...text.matchAll(form)].map(([, specifier = ""]) => specifier),
  );
  const imports = specifiers.map((specifier) =>
    specifier.startsWith(".")
      ? sourceAt(posix.join(posix.dirname(path), specifier).replace(/\.js$/, ""))
      : specifier,
  );
  return { path, text, imports };
}

const sourceAt = (path: string) => (existsSync(join(root, `${path}.tsx`)) ? `${path}.tsx` : `${path}.ts`);

/** Where generated code stands. */
const generated = /\/gql\//;

/** Every TypeScript file below `folder` that is written by hand. */
export function sourceFilesOf(folder: string): SourceFile[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return files
    .map((file) => ({ file, path: relative(root, file).split(sep).join("/") }))
    .filter(({ path }) => !generated.test(path))
    .map(({ file, path }) => sourceFile(path, readFileSync(file, "utf8")));
}

const literalsAndComments =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** The text without comments and strings (of a template, what is computed in it stays), so that prose is not taken for code. */
export function codeOf({ text }: SourceFile): string {
  return text.replaceAll(literalsAndComments, (prose) =>
    prose.startsWith("`") ? [...prose.matchAll(/\$\{[^}]*\}/g)].join(" ") : " ",
  );
}

/** What stands between quotes, of a template what is not computed. */
export function stringsOf({ text }: SourceFile): readonly string[] {
  const strings = [...text.matchAll(literalsAndComments)].map(([found]) => found);
  return strings
    .filter((found) => !found.startsWith("/"))
    .map((found) => found.slice(1, -1).replaceAll(/\$\{[^}]*\}/g, " "));
}

/** The first way round that leads from a file through its imports back to itself. */
export function findCycle(files: readonly SourceFile[]): readonly string[] | undefined {
  const importsOf = new Map(files.map(({ path, imports }) => [path, imports]));
  const finished = new Set<string>();

  function visit(path: string, trail: readonly string[]): readonly string[] | undefined {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (finished.has(path)) return undefined;
    for (const next of importsOf.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle !== undefined) return cycle;
    }
    finished.add(path);
    return undefined;
  }

  for (const { path } of files) {
    const cycle = visit(path, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
