/** A bug that was found and fixed during an execution. */
export interface BugFix {
  readonly id: string;
  readonly executionId: string;
  readonly scopeId: string | null;
  readonly description: string;
  readonly rootCause: string;
  readonly testName: string;
  readonly fixSummary: string;
  readonly filesModified: readonly string[];
  /** Fixed without a human. */
  readonly autonomous: boolean;
  readonly createdAt: Date;
}

/** A bug fix as its executor reports it. */
export interface NewBugFix {
  readonly id: string;
  readonly executionId: string;
  readonly scopeId?: string | undefined;
  readonly description: string;
  readonly rootCause: string;
  readonly testName: string;
  readonly fixSummary: string;
  readonly filesModified?: readonly string[] | undefined;
  readonly autonomous: boolean;
}
