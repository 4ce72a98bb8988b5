import { Args, ArgsType, Ctx, Field, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { defaults } from "../operations/defaults.js";
import { executions, executionTotal } from "../operations/execution-list.operations.js";
import type { GraphqlContext } from "./context.js";
import { ExecutionOrderInput } from "./execution.input.js";
import { ExecutionConnection, toConnection } from "./execution-connection.type.js";
import { ExecutionFilterInput } from "./execution-filter.input.js";
import { SafeInt } from "./scalars.js";
import type { Sent } from "./sent.js";

@ArgsType()
class ExecutionsArgs implements Sent<typeof executions> {
  @Field(() => ExecutionFilterInput, { nullable: true, description: "Which runs; all when it is absent." })
  filter!: ExecutionFilterInput | null | undefined;

  @Field(() => ExecutionOrderInput, {
    nullable: true,
    description: "In which order; newest first when it is absent.",
  })
  orderBy!: ExecutionOrderInput | null | undefined;

  @Field(() => Int, {
    nullable: true,
    defaultValue: defaults.pageSize,
    description: "How many at most: 1 to 500, unless the server is configured otherwise.",
  })
  first!: number | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: "A cursor of the same order: the page begins after it.",
  })
  after!: string | null | undefined;
}

@Resolver(() => ExecutionConnection)
export class ExecutionListResolver {
  @Query(() => ExecutionConnection, { description: "Runs, page by page." })
  async executions(
    @Args(() => ExecutionsArgs) args: ExecutionsArgs,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<ExecutionConnection> {
    return toConnection(await perform(executions, args), args.filter);
  }

  @FieldResolver(() => SafeInt, { description: "How many runs match, on all pages." })
  totalCount(@Root() { filter }: ExecutionConnection, @Ctx() { perform }: GraphqlContext): Promise<number> {
    return perform(executionTotal, { filter });
  }
}
