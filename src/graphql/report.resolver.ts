import { Arg, Args, ArgsType, Ctx, Field, Query, Resolver } from "type-graphql";
import { defaults } from "../operations/defaults.js";
import { costSummary, dashboard, scoreboard } from "../operations/report.operations.js";
import type * as vocabulary from "../vocabulary.js";
import type { GraphqlContext } from "./context.js";
import { Interval, Window } from "./enums.js";
import { CostSummary, Dashboard, Scoreboard } from "./report.type.js";
import { DateTime } from "./scalars.js";
import type { Sent } from "./sent.js";

@ArgsType()
class RangeArgs implements Sent<typeof costSummary> {
  @Field(() => DateTime, { nullable: true, description: "The first instant." })
  from!: string | null | undefined;

  @Field(() => DateTime, {
    nullable: true,
    description: "The instant after the last; now when it is absent.",
  })
  to!: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    defaultValue: defaults.timeZone,
    description: "The time zone of local dates, such as Europe/Berlin.",
  })
  timeZone!: string | null | undefined;
}

@ArgsType()
class DashboardArgs extends RangeArgs implements Sent<typeof dashboard> {
  @Field(() => Interval, {
    nullable: true,
    defaultValue: defaults.interval,
    description: "The length of a bucket of the trend.",
  })
  interval!: vocabulary.Interval | null | undefined;
}

@Resolver()
export class ReportResolver {
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
    @Arg("window", () => Window, {
      nullable: true,
      defaultValue: defaults.window,
      description: "The window.",
    })
    window: vocabulary.Window | null | undefined,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<Scoreboard> {
    return perform(scoreboard, { window });
  }
}
