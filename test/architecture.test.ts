import { describe, expect, test } from "vitest";
import { codeOf, findCycle, type SourceFile, sourceFile, sourceFilesOf } from "./support/source-files.js";

/** A rule about the files under `src/`, and files that would break it. */
interface Rule {
  readonly sentence: string;
  /** Where it is broken, in words; empty when it is kept. */
  readonly breaches: (files: readonly SourceFile[]) => readonly string[];
  /** Text by path: each is a breach. */
  readonly offenders: Readonly<Record<string, string>>;
}

/** From the outside in; a file may import its own layer and those after it. */
const layers = [
  /^src\/main\.ts$/,
  /^src\/app\.ts$/,
  /^src\/(http|jobs)\//,
  /^src\/(graphql|rest|otlp|mcp|explorer|observability)\//,
  /^src\/operations\//,
  /^src\/services\//,
  /^src\/(store|pricing)\//,
  /^src\/(evidence|pictures)\//,
  /^src\/screen\//,
  /^src\/domain\//,
  /^src\/(errors|vocabulary|limits)\.ts$/,
];

const ours = /^src\//;
const orm = /^drizzle-orm\b/;
const driver = /^(postgres|@electric-sql\/.+|drizzle-orm\/(pglite|postgres-js))(\/|$)/;
/** All that the server is made of, apart from what a client may know as well. */
const server =
  /^src\/(main|app|config|log|exposure)\.ts$|^src\/(http|jobs|graphql|rest|otlp|mcp|explorer|observability|operations|services|store|pricing|evidence|pictures)\//;
/** What a server and the command line say to models in the same words. */
const toolsOfModels = /^src\/mcp\/(tools|reporting)\.ts$/;
const rulesOfInput = /^src\/operations\/[a-z-]+\.schema\.ts$/;
const graphql = /^(graphql|type-graphql|graphql-scalars|@apollo\/.+)(\/|$)/;
const http = /^(node:)?https?$|^(fastify|@fastify\/.+|@as-integrations\/.+)(\/|$)/;
const drawing = /^(preact|preact-render-to-string)(\/|$)/;
const prometheus = /^prom-client(\/|$)/;
const anyOf = (...patterns: RegExp[]) => new RegExp(patterns.map(({ source }) => source).join("|"));

/** Files in `from` import nothing in `never`. */
function noImports(from: RegExp, never: RegExp): Rule["breaches"] {
  return (files) =>
    files
      .filter(({ path }) => from.test(path))
      .flatMap(({ path, imports }) =>
        imports.filter((name) => never.test(name)).map((name) => `${path} imports ${name}`),
      );
}

/** Nothing but the files in `from` imports what is in `what`. */
const importedOnlyBy = (from: RegExp, what: RegExp) =>
  noImports(new RegExp(`^(?!${from.source.replace(/^\^/, "")})`), what);

/** Each file for which `isBroken` holds. */
const filesThat = (isBroken: (file: SourceFile) => boolean): Rule["breaches"] => {
  return (files) => files.filter(isBroken).map(({ path }) => path);
};

/** Files in `from` import nothing of the server, but for what `exempt` matches. */
function noServer(from: RegExp, exempt?: RegExp): Rule["breaches"] {
  return (files) =>
    noImports(from, server)(files).filter((breach) => !exempt?.test(breach.replace(/^.* /, "")));
}

function importsUpward(files: readonly SourceFile[]): readonly string[] {
  const layerOf = (path: string) => layers.findIndex((layer) => layer.test(path));
  return files.flatMap(({ path, imports }) =>
    imports
      .filter((name) => ours.test(name) && layerOf(name) >= 0 && layerOf(name) < layerOf(path))
      .map((name) => `${path} imports ${name}`),
  );
}

const rules: readonly Rule[] = [
  {
    sentence:
      "main → app → { http, jobs } → { graphql, rest, otlp, mcp, explorer, observability } → operations → services → { store, pricing } → { evidence, pictures } → domain: no import goes back",
    breaches: importsUpward,
    offenders: {
      "src/store/a.ts": 'import type { B } from "../services/b.js";',
      "src/operations/a.ts": 'export { b } from "../graphql/b.js";',
      "src/http/a.ts": 'const { startApp } = await import("../app.js");',
    },
  },
  {
    sentence: "the GraphQL door imports neither another door nor a service nor the store",
    breaches: noImports(/^src\/graphql\//, /^src\/(rest|otlp|mcp|explorer|services|store|pricing)\//),
    offenders: {
      "src/graphql/a.ts": 'import { b } from "../rest/b.js";',
      "src/graphql/c.ts": 'import {\n  b,\n} from "../services/b.js";',
      "src/graphql/d.ts": 'import "../store/b.js";',
    },
  },
  {
    sentence: "the REST door imports neither another door nor a service nor the store",
    breaches: noImports(/^src\/rest\//, /^src\/(graphql|otlp|mcp|explorer|services|store|pricing)\//),
    offenders: {
      "src/rest/a.ts": 'import { b } from "../graphql/b.js";',
      "src/rest/c.ts": 'import { b } from "../services/b.js";',
      "src/rest/d.ts": 'import { b } from "../store/b.js";',
    },
  },
  {
    sentence: "the OTLP door imports neither another door nor a service nor the store",
    breaches: noImports(/^src\/otlp\//, /^src\/(graphql|rest|mcp|explorer|services|store|pricing)\//),
    offenders: {
      "src/otlp/a.ts": 'import { b } from "../rest/b.js";',
      "src/otlp/c.ts": 'import { b } from "../services/b.js";',
      "src/otlp/d.ts": 'import { b } from "../store/b.js";',
    },
  },
  {
    sentence: "the MCP door imports neither another door nor a service nor the store",
    breaches: noImports(/^src\/mcp\//, /^src\/(graphql|rest|otlp|explorer|services|store|pricing)\//),
    offenders: {
      "src/mcp/a.ts": 'import { b } from "../rest/b.js";',
      "src/mcp/c.ts": 'import { b } from "../services/b.js";',
      "src/mcp/d.ts": 'import { b } from "../store/b.js";',
    },
  },
  {
    sentence: "the explorer knows nothing of ours but the catalogue of errors",
    breaches: noImports(/^src\/explorer\//, /^src\/(?!explorer\/|errors\.ts$)/),
    offenders: { "src/explorer/a.ts": 'import { b } from "../operations/b.operations.js";' },
  },
  {
    sentence: "the tools know no operation: only what mounts them in the server does",
    breaches: noImports(
      /^src\/mcp\/(?!server\.ts|performed-reporting\.ts)/,
      anyOf(/^src\/(operations|config|app)\b/, http, graphql),
    ),
    offenders: {
      "src/mcp/a.tools.ts": 'import { b } from "../operations/b.operations.js";',
      "src/mcp/tools.ts": 'import fastify from "fastify";',
    },
  },
  {
    sentence: "prices and the store know nothing of each other",
    breaches: (files) => [
      ...noImports(/^src\/pricing\//, /^src\/store\//)(files),
      ...noImports(/^src\/store\//, /^src\/pricing\//)(files),
    ],
    offenders: {
      "src/pricing/a.ts": 'import { b } from "../store/b.js";',
      "src/store/a.ts": 'import { b } from "../pricing/b.js";',
    },
  },
  {
    sentence: "the domain knows neither GraphQL nor HTTP nor a driver",
    breaches: noImports(/^src\/domain\//, anyOf(graphql, http, driver, orm)),
    offenders: {
      "src/domain/a.ts": 'import { GraphQLError } from "graphql";',
      "src/domain/b.ts": 'import fastify from "fastify";',
      "src/domain/c.ts": 'import { ApolloServer } from "@apollo/server";',
      "src/domain/d.ts": 'import postgres from "postgres";',
    },
  },
  {
    sentence: "only the store imports drizzle",
    breaches: importedOnlyBy(/^src\/store\//, orm),
    offenders: { "src/services/a.ts": 'import { sql } from "drizzle-orm";' },
  },
  {
    sentence: "only store/engine/driver.ts imports a driver",
    breaches: importedOnlyBy(/^src\/store\/engine\/driver\.ts$/, driver),
    offenders: {
      "src/store/a.ts": 'import postgres from "postgres";',
      "src/store/b.ts": 'import { drizzle } from "drizzle-orm/pglite";',
      "src/app.ts": 'import { PGlite } from "@electric-sql/pglite";',
    },
  },
  {
    sentence: "the evidence report knows domain values only, and nothing else imports what draws it",
    breaches: (files) => [
      ...noImports(
        /^src\/evidence\//,
        /^src\/(?!evidence\/|domain\/|(errors|vocabulary|version)\.ts$)/,
      )(files),
      ...importedOnlyBy(/^src\/evidence\//, drawing)(files),
    ],
    offenders: {
      "src/evidence/a.tsx": 'import { b } from "../operations/b.js";',
      "src/evidence/b.tsx": 'import { b } from "../rest/b.js";',
      "src/rest/a.ts": 'import { render } from "preact-render-to-string";',
    },
  },
  {
    sentence: "only src/observability imports prom-client, and no door knows of it",
    breaches: (files) => [
      ...importedOnlyBy(/^src\/observability\//, prometheus)(files),
      ...noImports(/^src\/(graphql|rest|otlp|mcp)\//, /^src\/observability\//)(files),
    ],
    offenders: {
      "src/operations/a.ts": 'import { Counter } from "prom-client";',
      "src/http/a.ts": 'import { register } from "prom-client";',
      "src/rest/a.ts": 'import type { Metrics } from "../observability/metrics.js";',
    },
  },
  {
    sentence: "the client knows nothing of the server, and needs no package to be loaded",
    breaches: (files) => [
      ...noServer(/^src\/client\//)(files),
      ...noImports(
        /^src\/client\//,
        /^(?!src\/(client|domain)\/|src\/(vocabulary|limits)\.ts$|node:)/,
      )(files),
    ],
    offenders: {
      "src/client/a.ts": 'import { b } from "../operations/b.js";',
      "src/client/b.ts": 'import { z } from "zod";',
    },
  },
  {
    sentence: "the command line knows nothing of the server but its rules of input, and the tools of models",
    breaches: noServer(/^src\/cli\//, anyOf(rulesOfInput, toolsOfModels)),
    offenders: {
      "src/cli/a.ts": 'import { b } from "../services/b.js";',
      "src/cli/b.ts": 'import { b } from "../operations/b.operations.js";',
      "src/cli/c.ts": 'import { b } from "../mcp/server.js";',
    },
  },
  {
    sentence: "the server knows neither the client nor the command line, but for the documents they send",
    breaches: (files) =>
      noImports(
        /^src\/(?!cli\/|client\/)/,
        /^src\/(cli|client)\//,
      )(files).filter((breach) => breach !== "src/app.ts imports src/client/documents.ts"),
    offenders: {
      "src/http/a.ts": 'import { b } from "../client/b.js";',
      "src/domain/a.ts": 'import { b } from "../cli/b.js";',
    },
  },
  {
    sentence: "screens know the domain and its words, so that server and command line draw the same",
    breaches: noImports(/^src\/screen\//, /^src\/(?!screen\/|domain\/|vocabulary\.ts$)/),
    offenders: {
      "src/screen/a.ts": 'import type { Cli } from "../cli/cli.js";',
      "src/screen/b.ts": 'import { b } from "../operations/b.operations.js";',
    },
  },
  {
    sentence: "pictures know the domain and how screens spell figures, and nothing else imports echarts",
    breaches: (files) => [
      ...noImports(/^src\/pictures\//, /^src\/(?!pictures\/|domain\/|screen\/|vocabulary\.ts$)/)(files),
      ...importedOnlyBy(/^src\/pictures\//, /^echarts(\/|$)/)(files),
    ],
    offenders: {
      "src/pictures/a.ts": 'import type { RestAnswer } from "../rest/route.js";',
      "src/rest/a.ts": 'const { init } = await import("echarts/core");',
    },
  },
  {
    sentence: "errors, vocabulary and limits import nothing of ours",
    breaches: noImports(/^src\/(errors|vocabulary|limits)\.ts$/, ours),
    offenders: {
      "src/errors.ts": 'import { statuses } from "./vocabulary.js";',
      "src/vocabulary.ts": 'import type { Phase } from "./domain/phase.js";',
      "src/limits.ts": 'import { statuses } from "./vocabulary.js";',
    },
  },
  {
    sentence: "only a main.ts touches the process",
    breaches: filesThat(
      (file) =>
        !["src/main.ts", "src/cli/main.ts"].includes(file.path) &&
        (/(?<![\w$.-])process(?![\w$-])|globalThis\.process/.test(codeOf(file)) ||
          file.imports.includes("node:process")),
    ),
    offenders: {
      "src/config.ts": "export const port = process.env.PORT;",
      "src/app.ts": 'import { exit } from "node:process";',
      "src/http/a.ts": "const { env } = process;",
      "src/http/b.ts": "globalThis.process.exit();",
      "src/http/c.ts": `const name = \`server-\${process.pid}\`;`,
    },
  },
  {
    sentence: "no file is longer than 250 lines",
    breaches: filesThat(({ text }) => text.trimEnd().split("\n").length > 250),
    offenders: { "src/store/a.ts": "export {};\n".repeat(251) },
  },
  {
    sentence: "nothing is named utils, helpers, common or index",
    breaches: filesThat(({ path }) => /(^|\/)(utils?|helpers?|common|index)(\.|\/)/.test(path)),
    offenders: {
      "src/store/index.ts": "",
      "src/utils/a.ts": "",
      "src/http/common.ts": "",
      "src/helper.ts": "",
    },
  },
  {
    sentence: "names are kebab-case, with the role after a dot",
    breaches: filesThat(({ path }) => !/^src(\/[a-z0-9]+(-[a-z0-9]+)*)+(\.[a-z]+)?\.tsx?$/.test(path)),
    offenders: { "src/store/wsExecution.ts": "", "src/store/ws_execution.ts": "" },
  },
  {
    sentence: "no import leads back to where it started",
    breaches: (files) => findCycle(files)?.slice(0, -1) ?? [],
    offenders: {
      "src/store/a.ts": 'import { b } from "./b.js";',
      "src/store/b.ts": 'import { c } from "./c.js";',
      "src/store/c.ts": 'import { a } from "./a.js";',
    },
  },
];

describe.each(rules)("$sentence", ({ breaches, offenders }) => {
  test("holds for every file under src", () => {
    const files = sourceFilesOf("src");

    const found = breaches(files);

    expect(files.map(({ path }) => path)).toContain("src/errors.ts");
    expect(found).toEqual([]);
  });

  test("would be noticed if it were broken", () => {
    const files = Object.entries(offenders).map(([path, text]) => sourceFile(path, text));

    const found = breaches(files);

    for (const { path } of files) expect(found).toContainEqual(expect.stringContaining(path));
  });
});

test("words in strings and comments are not taken for code", () => {
  const prose = '// the process\n/** process.env */ const a = "another process" + `no process`;\n';
  const code = `const b = \`\${process.pid}\`;\n`;

  expect(codeOf(sourceFile("src/a.ts", prose))).not.toContain("process");
  expect(codeOf(sourceFile("src/b.ts", code))).toContain("process");
});
