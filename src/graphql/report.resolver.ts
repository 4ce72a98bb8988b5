import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import {
  costSummary,
  dashboard,
  executions,
  executionTotal,
  scoreboard,
} from "../operations/report.operations.js";
import type * as vocabulary from "../vocabulary.js";
import type { GraphqlContext } from "./context.js";
import { Interval, Window } from "./enums.js";
import { ExecutionFilterInput, ExecutionOrderInput } from "./execution.input.js";
import { ExecutionConnection, toConnection } from "./execution-connection.type.js";
import { CostSummary, Dashboard, Scoreboard } from "./report.type.js";
import { DateTime, SafeInt } from "./scalars.js";

@ArgsType()
class ExecutionsArgs {
  @Field(() => ExecutionFilterInput, { nullable: true, description: "Which runs; all when it is absent." })
  filter?: ExecutionFilterInput;

  @Field(() => ExecutionOrderInput, {
    nullable: true,
    description: "In which order; newest first when it is absent.",
  })
  orderBy?: ExecutionOrderInput;

  @Field(() => Int, { nullable: true, defaultValue: 50, description: "How many at most; 1 to 500." })
  first?: number;

  @Field(() => String, {
    nullable: true,
    description: "A cursor of the same order: the page begins after it.",
  })
  after?: string;
}

@ArgsType()
class RangeArgs {
  @Field(() => DateTime, { nullable: true, description: "The first instant." })
  from?: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: "The instant after the last; now when it is absent.",
  })
  to?: Date;

  @Field(() => String, {
    nullable: true,
    defaultValue: "UTC",
    description: "The time zone of local dates, such as Europe/Berlin.",
  })
  timeZone?: string;
}

@ArgsType()
class DashboardArgs extends RangeArgs {
  @Field(() => Interval, {
    nullable: true,
    defaultValue: "day",
    description: "The length of a bucket of the trend.",
  })
  interval?: vocabulary.Interval;
}

@Resolver(() => ExecutionConnection)
export class ReportResolver {
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

  @Query(() => Dashboard, {
    description: "Figures of a period, the last 30 days unless it says otherwise, and its trend.",
  })
  dashboard(
    @Args(() => DashboardArgs) args: DashboardArgs,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<Dashboard> {
    return perform(dashboard, args);
  }

  @Query(() => CostSummary, {
    description: "What was spent in a range, all time unless it says otherwise, and on what.",
  })
  costSummary(
    @Args(() => RangeArgs) args: RangeArgs,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<CostSummary> {
    return perform(costSummary, args);
  }

  @Query(() => Scoreboard, { description: "Figures of a window that ends now." })
  scoreboard(
    @Arg("window", () => Window, { nullable: true, defaultValue: "7d", description: "The window." })
    window: vocabulary.Window | undefined,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<Scoreboard> {
    return perform(scoreboard, { window });
  }
}
