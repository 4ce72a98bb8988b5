import { dashboardDocument, scoreboardDocument } from "../../client/documents.js";
import type { Window as SentWindow } from "../../client/gql/graphql.js";
import type { Window } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import { csv } from "../csv.js";
import { scoreboardScreen } from "../screen/scoreboard.screen.js";
import { screenOf } from "../screen/screen.js";

/** Windows as GraphQL spells them. */
export const sentWindows: Readonly<Record<Window, SentWindow>> = {
  "24h": "LAST_24H",
  "7d": "LAST_7D",
  "30d": "LAST_30D",
  "90d": "LAST_90D",
  all: "ALL",
};

const dayMs = 86_400_000;
/** How far back the trend of all time goes. */
const trendDays = 365;

/** Shows the figures of a window. */
export async function showScoreboard(cli: Cli, window: Window, isCsv: boolean): Promise<void> {
  const client = cli.client();
  const { scoreboard } = await client.request(scoreboardDocument, { window: sentWindows[window] });
  const { from, to } = scoreboard;
  const { dashboard } = await client.request(dashboardDocument, {
    from: from ?? new Date(Date.parse(to) - trendDays * dayMs).toISOString(),
    to,
    interval: window === "all" ? "MONTH" : window === "90d" ? "WEEK" : "DAY",
    timeZone: "UTC",
  });
  const { runsByStatus, ...figures } = scoreboard;
  const rows = [
    ...Object.entries(figures),
    ...runsByStatus.map(({ status, count }) => [status, count] as const),
  ];
  const text = isCsv
    ? csv(
        rows.map(([figure, value]) => ({ figure, value })),
        ["figure", "value"],
        cli.surroundings.out,
      )
    : scoreboardScreen(scoreboard, dashboard.trend, screenOf(cli));
  cli.result({ scoreboard, trend: dashboard.trend }, text);
}
