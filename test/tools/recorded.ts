import type { Workplace } from "./workplace.js";

/** A run as the tests of tools look at it. */
export interface RecordedRun {
  readonly id: string;
  readonly wsId: string;
  readonly status: string;
  readonly executor: string;
  readonly phases: readonly { readonly name: string; readonly costUsd: number | null }[];
  readonly cost: {
    readonly totalUsd: number | null;
    readonly callCount: number;
    readonly unpricedCallCount: number;
    readonly unattributedToPhaseUsd: number | null;
  };
}

const query = `{
  executions(orderBy: { direction: ASC }) { nodes { id wsId status executor phases { name costUsd }
    cost { totalUsd callCount unpricedCallCount unattributedToPhaseUsd } } }
  costSummary { unattributedUsd unpricedCallCount }
}`;

/** Every run, oldest first, and what was spent on none of them. */
export async function recorded({ server }: Workplace) {
  const { body } = await server().graphql<{
    executions: { nodes: readonly RecordedRun[] };
    costSummary: { unattributedUsd: number };
  }>(query);
  return { runs: body.data.executions.nodes, unattributedUsd: body.data.costSummary.unattributedUsd };
}

/** Dollars in whole millionths. */
export const micros = (usd: number | null | undefined) => Math.round((usd ?? Number.NaN) * 1e6);
