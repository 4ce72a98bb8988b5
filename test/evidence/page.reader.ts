import type { Micros } from "../support/usd.js";

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };

/** What a part of a page says, without its tags. */
export const textOf = (html: string): string =>
  html.replaceAll(/<[^>]*>/g, "").replaceAll(/&(\w+);/g, (_, name: string) => entities[name] ?? "?");

/** The cells of each row of the table with a caption, in the body of the table and below it; none where there is no such. */
export function rowsIn(html: string, caption: string): readonly (readonly string[])[] {
  const table = html.split("<table>").find((one) => one.includes(`<span>${caption}</span></caption>`)) ?? "";
  const [, body = ""] = /<tbody>(.*?)<\/table>/s.exec(table) ?? [];
  return body
    .split("<tr>")
    .slice(1)
    .map((row) =>
      row
        .split(/<\/t[hd]>/)
        .slice(0, -1)
        .map(textOf),
    );
}

/** The row of a table that is about something. */
export function rowIn(html: string, caption: string, head: string): readonly string[] {
  const row = rowsIn(html, caption).find(([first]) => first === head);
  if (row === undefined) throw new Error(`The page has no row ${head} in a table ${caption}.`);
  return row;
}

/** The parts of a page that tell of one run each, in order. */
export const articlesOf = (html: string): readonly string[] =>
  [...html.matchAll(/<article id="run-\d+">(.*?)<\/article>/gs)].map(([article]) => article);

/** The amount in the last cell of a row; null where it is unknown. */
export function amountOf(row: readonly string[]): Micros | null {
  const text = row.at(-1);
  if (text === "unknown") return null;
  const [, sign, dollars = "", micros = ""] = /^(−?)\$([\d,]+)\.(\d{6})$/.exec(text ?? "") ?? [];
  if (dollars === "") throw new Error(`This is no amount: ${text}`);
  return BigInt(dollars.replaceAll(",", "") + micros) * (sign === "−" ? -1n : 1n);
}

/** What is said of a fact beside its name; undefined where there is no such fact. */
export function factIn(html: string, name: string): string | undefined {
  const [, fact] = html.split(`<dt>${name}</dt>`);
  return fact && textOf(fact.slice(0, fact.indexOf("</dd>")));
}
