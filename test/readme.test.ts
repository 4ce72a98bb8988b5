import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { second } from "./support/clock.js";
import { startTestServer } from "./support/server.js";

const server = await startTestServer({ clock: "2026-11-22T18:36:33.480Z" });

/** The part of a curl command that says what is sent. */
interface Command {
  readonly path: string;
  readonly body: string | undefined;
}

interface Step extends Command {
  /** What the page says the server answers; undefined where it shows nothing. */
  readonly answer: unknown;
}

/** The curl commands of a page with the answers it shows for them. */
function stepsOf(page: string): readonly Step[] {
  const blocks = [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text = ""]) => ({
    language,
    text,
  }));
  return blocks.flatMap(({ language, text }, index) => {
    if (language !== "sh" || !text.startsWith("curl")) return [];
    const next = blocks[index + 1];
    return [{ ...commandOf(text), answer: next && answerIn(next) }];
  });
}

/** What a block shows as an answer; undefined when it is none. */
function answerIn({
  language,
  text,
}: {
  readonly language: string | undefined;
  readonly text: string;
}): unknown {
  if (language === "json") return JSON.parse(text);
  return language === "csv" ? text.replaceAll("\n", "\r\n") : undefined;
}

function commandOf(curl: string): Command {
  const [, path = ""] = new RegExp(`${shownUrl}([^\\s']*)`).exec(curl) ?? [];
  const [, body] = /-d '([\s\S]*)'/.exec(curl) ?? [];
  const [, question] = /--data-urlencode 'question=([\s\S]*)'/.exec(curl) ?? [];
  return { path: question ? `${path}?question=${encodeURIComponent(question)}` : path, body };
}

/** The address that the page uses. */
const shownUrl = "http://127.0.0.1:4000";

/** An answer without the times that are those of the request, from the server at the address that the page uses. */
function timeless(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer).replaceAll(server.url, shownUrl), (_, value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const { created_at, as_of, to, ...rest } = value;
    return to === undefined || to === as_of ? rest : { ...rest, to };
  });
}

test("every command in the README gives the answer that stands below it", async () => {
  const steps = stepsOf(await readFile(new URL("../README.md", import.meta.url), "utf8"));

  expect(steps.length).toBeGreaterThan(8);
  for (const { path, body, answer } of steps) {
    const init =
      body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body };
    const response = await server.fetch(path, init);
    server.clock.advance(second); // a report ends just before now
    expect(response.status, path).toBeLessThan(300);
    if (answer !== undefined) expect(timeless(response.body)).toEqual(timeless(answer));
  }
});
