import { type Paint, painter } from "./text.js";

/** How much room there is, and how it is painted. */
export interface Screen {
  readonly columns: number;
  readonly paint: Paint;
}

/** As wide as every terminal, without colours: for who cannot say how wide theirs is. */
export const plainScreen: Screen = { columns: 80, paint: painter(false) };
