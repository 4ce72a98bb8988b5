/** How a picture is coloured: for a light page, a dark one, or whichever its viewer prefers. */
export const themes = ["light", "dark", "auto"] as const;
export type Theme = (typeof themes)[number];

/** What is coloured alike. The colours of statuses are told apart by who sees no red or green, by how light they are. */
const light = {
  page: "#ffffff",
  ink: "#1f2328",
  quiet: "#59636e",
  line: "#d1d9e0",
  completed: "#2da44e",
  started: "#54aeff",
  blocked: "#d4a72c",
  failed: "#cf222e",
  stopped: "#6e1dd1",
  bars: "#a5c8f2",
  cost: "#bc4c00",
} as const;
type Role = keyof typeof light;
export type Palette = Readonly<Record<Role, string>>;

const dark: Palette = {
  page: "#0d1117",
  ink: "#f0f6fc",
  quiet: "#9198a1",
  line: "#3d444d",
  completed: "#3fb950",
  started: "#388bfd",
  blocked: "#e3b341",
  failed: "#ff7b72",
  stopped: "#a371f7",
  bars: "#2f5d94",
  cost: "#ffa657",
};

/** The colours a picture is drawn with; where its viewer chooses, it is drawn in light ones that a style may replace. */
export const paletteOf = (theme: Theme): Palette => (theme === "dark" ? dark : light);

const entries = Object.entries as (colours: Palette) => [Role, string][]; // a palette has no other keys

const variables = (colours: Palette) =>
  `svg{${entries(colours)
    .map(([role, colour]) => `--${role}:${colour}`)
    .join(";")}}`;

/**
 * Style that follows the viewer's preference, wherever the picture stands, an <img> included. What does not know styles
 * shows the light colours.
 */
export const followingStyle: string = [
  variables(light),
  `@media (prefers-color-scheme:dark){${variables(dark)}}`,
  ...entries(light).map(
    ([role, colour]) => `[fill="${colour}"]{fill:var(--${role})}[stroke="${colour}"]{stroke:var(--${role})}`,
  ),
].join("\n");
