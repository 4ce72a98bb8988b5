import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { bugFixes, bugFixTotal } from "../operations/bug-fix-list.operations.js";
import { BugFixConnection, toBugFixConnection } from "./bug-fix-connection.type.js";
import { BugFixesArgs } from "./bug-fix-list.input.js";
import type { GraphqlContext } from "./context.js";
import { SafeInt } from "./scalars.js";

@Resolver(() => BugFixConnection)
export class BugFixListResolver {
  @Query(() => BugFixConnection, { description: "Bug fixes of all runs, page by page." })
  async bugFixes(
    @Args(() => BugFixesArgs) args: BugFixesArgs,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<BugFixConnection> {
    const { filter } = args;
    return toBugFixConnection(await perform(bugFixes, args), () => perform(bugFixTotal, { filter }));
  }

  @FieldResolver(() => SafeInt, { description: "How many bug fixes match, on all pages." })
  totalCount(@Root() { count }: BugFixConnection): Promise<number> {
    return count();
  }
}
