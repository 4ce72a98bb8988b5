import type { Finding } from "./finding.js";
import type { Workbench } from "./workbench.js";

type Tell = (finding: Finding) => void;

/** One thing that is measured. */
export interface BenchCase {
  /** For `--case`. */
  readonly name: string;
  /** What is held against what, in a line. */
  readonly summary: string;
  /** Tells each finding as it is made. */
  measure(bench: Workbench, tell: Tell): Promise<void>;
}
