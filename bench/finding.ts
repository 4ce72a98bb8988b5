/** An amount with its unit: requests or events `/s`, `ms`, `MB`. */
interface Figure {
  readonly amount: number;
  readonly unit: string;
}

/** What is to be reached, by the ratio or by our own figure. */
type Reach = { readonly by: "ratio" | "ours" } & ({ readonly atLeast: number } | { readonly atMost: number });

/** One line of the table. */
export interface Finding {
  readonly what: string;
  readonly ours: Figure;
  /** What it is held against, in the same unit, and its name. */
  readonly other?: Figure & { readonly name: string };
  /** `ours / other`; the median of rounds where there were some. */
  readonly ratio?: number;
  readonly reach?: Reach | undefined;
  /** How long ours took, in milliseconds. */
  readonly p50Ms?: number;
  readonly p99Ms?: number;
}

const columns = ["case", "ours", "the other", "ratio", "reach", "p50", "p99"];

/** Findings as a table in Markdown. */
export function tableOf(findings: readonly Finding[]): string {
  const rule = columns.map(() => "---");
  return [inRow(columns), inRow(rule), ...findings.map(rowOf)].join("\n");
}

/** A finding as one line of that table. */
export const rowOf = (finding: Finding): string => inRow(cellsOf(finding));

const inRow = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** Whether a finding reaches what it should; undefined when nothing is to be reached. */
export function isReached({ ours, ratio, reach }: Finding): boolean | undefined {
  const value = reach?.by === "ours" ? ours.amount : ratio;
  if (reach === undefined || value === undefined) return undefined;
  return "atLeast" in reach ? value >= reach.atLeast : value <= reach.atMost;
}

function cellsOf(finding: Finding): readonly string[] {
  const { what, ours, other, ratio, p50Ms, p99Ms } = finding;
  return [
    what,
    show(ours),
    other === undefined ? "" : `${show(other)} (${other.name})`,
    ratio === undefined ? "" : `${rounded(ratio)} ×`,
    showReach(finding),
    p50Ms === undefined ? "" : show({ amount: p50Ms, unit: "ms" }),
    p99Ms === undefined ? "" : show({ amount: p99Ms, unit: "ms" }),
  ];
}

function showReach(finding: Finding): string {
  const { reach, ours } = finding;
  if (reach === undefined) return "";
  const unit = reach.by === "ours" ? ours.unit : "×";
  const goal = "atLeast" in reach ? `≥ ${reach.atLeast} ${unit}` : `≤ ${reach.atMost} ${unit}`;
  return `${goal}: ${isReached(finding) ? "yes" : "**no**"}`;
}

const show = ({ amount, unit }: Figure) => `${rounded(amount)}${unit.startsWith("/") ? "" : " "}${unit}`;

/** Three digits, or as many as stand before the point. */
function rounded(amount: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(amount), 0.01))));
  return amount.toLocaleString("en", { maximumFractionDigits: Math.min(digits, 3) });
}
