import { Field, ObjectType } from "type-graphql";

/** A page of whatever list, as the domain has it. */
interface Page {
  readonly items: readonly { readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

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

/** Where a page stands in its list. */
export function pageInfoOf({ items, hasNextPage, hasPreviousPage }: Page): PageInfo {
  const startCursor = items.at(0)?.cursor ?? null;
  const endCursor = items.at(-1)?.cursor ?? null;
  return { hasNextPage, hasPreviousPage, startCursor, endCursor };
}
