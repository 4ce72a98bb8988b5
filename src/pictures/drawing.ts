import type { BarSeriesOption, LineSeriesOption } from "echarts/charts";
import type { GraphicComponentOption, GridComponentOption } from "echarts/components";
import type { ComposeOption } from "echarts/core";

/** What a picture is drawn from. */
export type Drawing = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | GraphicComponentOption
>;

/** In pixels, where nothing scales the picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Fonts that are there wherever it is looked at. */
export const fontFamily = "system-ui, sans-serif";

/** Loaded when the first picture is asked for. */
let library: ReturnType<typeof load> | undefined;

async function load() {
  const [{ init, use }, charts, components, renderers] = await Promise.all([
    import("echarts/core"),
    import("echarts/charts"),
    import("echarts/components"),
    import("echarts/renderers"),
  ]);
  use([
    charts.BarChart,
    charts.LineChart,
    components.GridComponent,
    components.GraphicComponent,
    renderers.SVGRenderer,
  ]);
  return init;
}

/** An SVG document of shapes and texts. The same drawing makes the same document. */
export async function draw(drawing: Drawing, size: Size): Promise<string> {
  library ??= load();
  const init = await library;
  const chart = init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily }, ...drawing });
    return still(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/** Without what only a page with scripts would use, and names that count how many pictures were drawn before. */
const still = (svg: string): string =>
  svg
    .replaceAll(/ (ecmeta_\w+|class|pointer-events)="[^"]*"/g, "")
    .replaceAll(/<style[\s\S]*?<\/style>\s*/g, "")
    .replaceAll(/\bzr\d+-/g, "");
