import type { CaseResult, FaultCase } from "./case.js";

const shown = 3;

/** What a case should not have shown, in words. */
export function faultsOf({ lost, doubled, broken, violations }: CaseResult): readonly string[] {
  const some = (names: readonly string[]) =>
    `${names.slice(0, shown).join(", ")}${names.length > shown ? ", …" : ""}`;
  return [
    ...(lost.length > 0
      ? [`lost ${lost.length}: ${some(lost.map(({ kind, key }) => `${kind} ${key}`))}`]
      : []),
    ...(doubled.length > 0 ? [`stored twice ${doubled.length}: ${some(doubled)}`] : []),
    ...broken,
    ...violations,
  ];
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

const columns: readonly [title: string, cell: (name: string, result: CaseResult) => string][] = [
  ["fault", (name) => name],
  ["acknowledged", (_, { acknowledged }) => String(acknowledged)],
  ["lost", (_, { lost }) => String(lost.length)],
  ["doubled", (_, { doubled }) => String(doubled.length)],
  ["sent again", (_, { unknown }) => String(unknown)],
  ["longest gap", (_, { longestGapMs }) => seconds(longestGapMs)],
  ["recovery", (_, { recoveryMs }) => seconds(recoveryMs)],
  ["else", (_, result) => String(result.broken.length + result.violations.length)],
];

/** The results as a table in Markdown. */
export function table(results: ReadonlyMap<FaultCase, CaseResult>): string {
  const rows = [...results].map(([{ name }, result]) => columns.map(([, cell]) => cell(name, result)));
  const titles = columns.map(([title]) => title);
  const widths = titles.map((title, place) =>
    Math.max(title.length, ...rows.map((row) => row[place]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, place) => (place === 0 ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0))).join(" | ")} |`;
  const rule = `|${widths.map((width, place) => (place === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(titles), rule, ...rows.map(line)].join("\n");
}
