/** What the scripts before this one leave behind, as far as it is used here. */
declare const React: { createElement(type: unknown, properties: object): unknown };
declare const ReactDOM: { createRoot(element: Element): { render(node: unknown): void } };
declare const GraphiQL: { createFetcher(options: object): Fetcher };

type Fetcher = (parameters: object, options?: object) => Answer | Promise<Answer>;

interface Answer {
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** The key is kept as long as this tab of the browser is open, and nowhere else. */
const keptAs = "ws-metrics-key";

const element = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind; // the page has it
const keyField = element<HTMLInputElement>("key");
const advice = element<HTMLOutputElement>("advice");
const root = ReactDOM.createRoot(element("explorer"));

const adviceFor: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: "The server asks for a valid key. One is made with: npm run keys -- create --help",
  FORBIDDEN: "This key may not do that. Reports take one with the role read or admin.",
};

function show(): void {
  const key = keyField.value.trim();
  const headers = key === "" ? {} : { authorization: `Bearer ${key}` };
  const send = GraphiQL.createFetcher({ url: "graphql", headers });
  const fetcher: Fetcher = async (parameters, options) => {
    const answer = await send(parameters, options);
    const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code ?? "");
    advice.value = codes.map((code) => adviceFor[code]).find((each) => each !== undefined) ?? "";
    return answer;
  };
  // Another key makes another explorer, which asks for the schema anew.
  root.render(
    React.createElement(GraphiQL, {
      key,
      fetcher,
      defaultTabs: JSON.parse(element("examples").textContent ?? "[]"),
      defaultEditorToolsVisibility: "variables",
      shouldPersistHeaders: false,
    }),
  );
}

keyField.value = sessionStorage.getItem(keptAs) ?? "";
keyField.addEventListener("change", () => {
  sessionStorage.setItem(keptAs, keyField.value.trim());
  show();
});
show();
