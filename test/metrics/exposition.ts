/** One line of Prometheus' text format that carries a value. */
interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples of one metric, and what its page says about it. */
export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

const sampleLine = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const labelPair = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;
const suffixes: Readonly<Record<string, readonly string[]>> = {
  counter: [""],
  gauge: [""],
  histogram: ["_bucket", "_sum", "_count"],
  summary: ["", "_sum", "_count"],
};

/**
 * Reads Prometheus' text format (0.0.4), strictly.
 * @throws Error naming the line that breaks it
 */
export function parseExposition(text: string): readonly Family[] {
  if (!text.endsWith("\n")) throw new Error("the last line does not end");
  const families: (Family & { samples: Sample[] })[] = [];
  const seen = new Set<string>();
  const once = (what: string) => {
    if (seen.has(what)) throw new Error(`twice: ${what}`);
    seen.add(what);
  };
  for (const line of text.split("\n").filter((each) => each !== "")) {
    const [, word, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    const family = families.at(-1);
    if (word === "HELP") {
      once(`HELP ${name}`);
      families.push({ name, help: rest, type: "", samples: [] });
    } else if (word === "TYPE") {
      if (family?.name !== name || family.type !== "") throw new Error(`out of place: ${line}`);
      families.splice(-1, 1, { ...family, type: rest });
    } else {
      const sample = parseSample(line);
      const own = suffixes[family?.type ?? ""]?.map((suffix) => `${family?.name}${suffix}`);
      if (family === undefined || !own?.includes(sample.name)) throw new Error(`out of place: ${line}`);
      once(`${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`);
      family.samples.push(sample);
    }
  }
  return families;
}

function parseSample(line: string): Sample {
  const [, name, labelText = "", valueText = ""] = sampleLine.exec(line) ?? [];
  const value = valueText === "+Inf" ? Number.POSITIVE_INFINITY : Number(valueText);
  if (name === undefined || (Number.isNaN(value) && valueText !== "Nan"))
    throw new Error(`no sample: ${line}`);
  const labels: Record<string, string> = {};
  labelPair.lastIndex = 0;
  for (let end = 0; end < labelText.length; end = labelPair.lastIndex) {
    const [, label, quoted] = labelPair.exec(labelText) ?? [];
    if (label === undefined || quoted === undefined) throw new Error(`no labels: ${line}`);
    labels[label] = quoted;
  }
  return { name, labels, value };
}

/** Spells the samples of some metrics as `name{label="value"}`, with their values. */
export function seriesOf(families: readonly Family[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    families
      .flatMap(({ samples }) => samples)
      .map(({ name, labels, value }) => {
        const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
        return [`${name}{${pairs.join(",")}}`, value];
      }),
  );
}

/** How much the series whose names begin with `prefix` grew from one scrape to another; those that did not are left out. */
export function growth(
  before: readonly Family[],
  after: readonly Family[],
  prefix: string,
): Readonly<Record<string, number>> {
  const known = seriesOf(before);
  const grown = Object.entries(seriesOf(after))
    .filter(([series]) => series.startsWith(prefix))
    .map(([series, value]) => [series.slice(prefix.length), value - (known[series] ?? 0)] as const)
    .filter(([, difference]) => difference !== 0);
  return Object.fromEntries(grown);
}
