import { z } from "zod";

const failure = z.object({ message: z.string(), cause: z.object({ message: z.string() }).optional() });
const entry = z.object({ msg: z.string(), err: failure.optional() });
const longest = 300;

/** What a server had to say last, each sentence once and without its stack. */
export function lastWords(output: string, count: number): readonly string[] {
  const sentences = output.split("\n").filter(Boolean).map(sentenceOf);
  return [...new Set(sentences.reverse())].slice(0, count).reverse();
}

/** What is no entry of the log, such as the end of a process, is told as it is. */
function sentenceOf(line: string): string {
  const { data } = entry.safeParse(parsed(line));
  const sentence = data
    ? [data.msg, data.err?.message, data.err?.cause?.message].filter(Boolean).join(" / ")
    : line;
  return sentence.slice(0, longest);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
