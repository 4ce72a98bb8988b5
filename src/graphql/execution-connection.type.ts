import { Field, ObjectType } from "type-graphql";
import type { ExecutionPage } from "../domain/page.js";
import { ExecutionObject } from "./execution.type.js";
import type { ExecutionFilterInput } from "./execution-filter.input.js";
import { PageInfo, pageInfoOf } from "./page-info.type.js";

@ObjectType("ExecutionEdge", { simpleResolvers: true, description: "A run at its place in a list." })
export class ExecutionEdge {
  @Field(() => String, { description: "Its place in the list." })
  cursor!: string;

  @Field(() => ExecutionObject, { description: "The run." })
  node!: ExecutionObject;
}

@ObjectType("ExecutionConnection", { simpleResolvers: true, description: "One page of a list of runs." })
export class ExecutionConnection {
  @Field(() => [ExecutionEdge], { description: "The runs at their places." })
  edges!: readonly ExecutionEdge[];

  @Field(() => [ExecutionObject], { description: "The runs alone." })
  nodes!: readonly ExecutionObject[];

  @Field(() => PageInfo, { description: "Where the page stands in the list." })
  pageInfo!: PageInfo;

  /** What the list was asked for, so that counting can wait until somebody wants to know. */
  filter!: ExecutionFilterInput | null | undefined;
}

export function toConnection(
  page: ExecutionPage,
  filter: ExecutionFilterInput | null | undefined,
): ExecutionConnection {
  return {
    edges: page.items.map(({ cursor, execution }) => ({ cursor, node: execution })),
    nodes: page.items.map(({ execution }) => execution),
    pageInfo: pageInfoOf(page),
    filter,
  };
}
