const title = "# What `npm run bench` found last, case by case";

/** A document of results in which the section of one case is replaced, or added at its place in `order`. */
export function withSection(document: string, name: string, body: string, order: readonly string[]): string {
  const [, ...parts] = document.split(/^## /m);
  const sections = new Map(
    parts.map((part): [string, string] => {
      const [heading = "", ...lines] = part.split("\n");
      return [heading, lines.join("\n").trim()];
    }),
  );
  sections.set(name, body);
  const written = order.flatMap((each) => {
    const section = sections.get(each);
    return section === undefined ? [] : `## ${each}\n\n${section}\n`;
  });
  return `${[`${title}\n`, ...written].join("\n")}`;
}
