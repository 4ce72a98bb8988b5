import { Field, ObjectType } from "type-graphql";
import type { BugFixPage } from "../domain/bug-fix-page.js";
import { BugFixObject } from "./bug-fix.type.js";
import { PageInfo, pageInfoOf } from "./page-info.type.js";

@ObjectType("BugFixEdge", { simpleResolvers: true, description: "A bug fix at its place in a list." })
export class BugFixEdge {
  @Field(() => String, { description: "Its place in the list." })
  cursor!: string;

  @Field(() => BugFixObject, { description: "The bug fix." })
  node!: BugFixObject;
}

@ObjectType("BugFixConnection", { simpleResolvers: true, description: "One page of a list of bug fixes." })
export class BugFixConnection {
  @Field(() => [BugFixEdge], { description: "The bug fixes at their places." })
  edges!: readonly BugFixEdge[];

  @Field(() => [BugFixObject], { description: "The bug fixes alone." })
  nodes!: readonly BugFixObject[];

  @Field(() => PageInfo, { description: "Where the page stands in the list." })
  pageInfo!: PageInfo;

  /** Counts the whole list, when somebody wants to know. */
  count!: () => Promise<number>;
}

export function toBugFixConnection(page: BugFixPage, count: BugFixConnection["count"]): BugFixConnection {
  return {
    edges: page.items.map(({ cursor, bugFix }) => ({ cursor, node: bugFix })),
    nodes: page.items.map(({ bugFix }) => bugFix),
    pageInfo: pageInfoOf(page),
    count,
  };
}
