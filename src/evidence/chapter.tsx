/** The chapters of a report, by the ids that links lead to. */
export const chapters = {
  summary: "Summary",
  cost: "What it cost",
  gaps: "What is not known",
  runs: "The runs",
  each: "Run by run",
  methods: "How these figures are computed",
} as const;

/** The heading of a chapter. */
export function Chapter({ id }: { readonly id: keyof typeof chapters }) {
  const number = Object.keys(chapters).indexOf(id) + 1;
  return (
    <h2 id={id}>
      <span class="place">{number}</span> {chapters[id]}
    </h2>
  );
}
