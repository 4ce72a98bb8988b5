import { comparedScoreboardDocument, dashboardDocument, scoreboardDocument } from "../../client/documents.js";
import type {
  ComparedScoreboardQuery,
  ScoreboardQuery,
  Interval as SentInterval,
  Window as SentWindow,
} from "../../client/gql/graphql.js";
import { scoreboardScreen, trendQuestion } from "../../screen/scoreboard.screen.js";
import type { Window } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import { csv } from "../csv.js";
import { screenOf } from "../screen/screen.js";

/** Windows as GraphQL spells them. */
export const sentWindows: Readonly<Record<Window, SentWindow>> = {
  "24h": "LAST_24H",
  "7d": "LAST_7D",
  "30d": "LAST_30D",
  "90d": "LAST_90D",
  all: "ALL",
};

type Cell = string | number | null;

/** How the figures are shown. */
interface Shown {
  readonly csv?: boolean;
  /** Beside those of the window before, which a server of an earlier version does not know. */
  readonly compare?: boolean;
}

/** Shows the figures of a window. */
export async function showScoreboard(
  cli: Cli,
  window: Window,
  { csv: isCsv = false, compare = false }: Shown,
): Promise<void> {
  const client = cli.client();
  const document = compare ? comparedScoreboardDocument : scoreboardDocument;
  const { scoreboard } = await client.request<
    { scoreboard: ScoreboardQuery["scoreboard"] & Partial<ComparedScoreboardQuery["scoreboard"]> },
    { window: SentWindow }
  >(document, { window: sentWindows[window] });
  const { interval, ...range } = trendQuestion(window, scoreboard.from, scoreboard.to);
  const { dashboard } = await client.request(dashboardDocument, {
    ...range,
    interval: interval.toUpperCase() as SentInterval, // `Uppercase` is what the schema makes of it
  });
  const { runsByStatus, change, silentRuns, ...figures } = scoreboard;
  const rows = [
    ...Object.entries(figures).map(([figure, value]) => [figure, cellOf(value)] as const),
    ...runsByStatus.map(({ status, count }) => [status, count] as const),
    ...Object.entries(change ?? {}).map(([figure, value]) => [`change.${figure}`, cellOf(value)] as const),
    ...(silentRuns === undefined ? [] : [["silentRuns", silentRuns.count] as const]),
  ];
  const text = isCsv
    ? csv(
        rows.map(([figure, value]) => ({ figure, value })),
        ["figure", "value"],
        cli.surroundings.out,
      )
    : scoreboardScreen({ ...scoreboard, window }, dashboard.trend, screenOf(cli));
  cli.result({ scoreboard, trend: dashboard.trend }, text);
}

/** What stands in one cell: of a change the difference, of an answer its word. */
function cellOf(value: Cell | boolean | { readonly difference: number | null } | undefined): Cell {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "object" && value !== null) return value.difference;
  return value ?? null;
}
