import { Field, ObjectType } from "type-graphql";
import type { ExecutionPage } from "../domain/page.js";
import { ExecutionObject } from "./execution.type.js";
import type { ExecutionFilterInput } from "./execution-filter.input.js";

@ObjectType("PageInfo", { simpleResolvers: true, description: "Where a page stands in its list." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether more follow." })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether some came before." })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "The cursor of the first item." })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The cursor of the last item; give it as after to go on.",
  })
  endCursor!: string | null;
}

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
  { items, hasNextPage, hasPreviousPage }: ExecutionPage,
  filter: ExecutionFilterInput | null | undefined,
): ExecutionConnection {
  const edges = items.map(({ cursor, execution }) => ({ cursor, node: execution }));
  const startCursor = edges.at(0)?.cursor ?? null;
  const endCursor = edges.at(-1)?.cursor ?? null;
  return {
    edges,
    nodes: items.map(({ execution }) => execution),
    pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor },
    filter,
  };
}
