import { newId, openStandIn, type Received, type StandIn, sendEvents, sendJson } from "./stand-in.js";

/** What a model is made to say or call, and to have used. */
export interface Turn {
  readonly text?: string;
  readonly calls?: readonly { readonly name: string; readonly args: Record<string, unknown> }[];
  /** Tokens; those that were cached are part of the input. */
  readonly usage: { readonly input: number; readonly cached?: number; readonly output: number };
}

/** The generateContent API of Google. */
export function openGoogle(turnFor: (request: Received) => Turn): Promise<StandIn> {
  return openStandIn((request, response) => {
    if (request.path.includes(":countTokens")) return sendJson(response, { totalTokens: 10 });
    if (!request.path.includes("enerateContent")) return sendJson(response, {});
    const { text, calls = [], usage } = turnFor(request);
    const { input, cached = 0, output } = usage;
    const answer = {
      candidates: [
        {
          content: {
            role: "model",
            parts: [
              ...(text === undefined ? [] : [{ text }]),
              ...calls.map(({ name, args }) => ({ functionCall: { name, args } })),
            ],
          },
          finishReason: "STOP",
          index: 0,
        },
      ],
      usageMetadata: {
        promptTokenCount: input,
        cachedContentTokenCount: cached,
        candidatesTokenCount: output,
        totalTokenCount: input + output,
      },
      modelVersion: "gemini-2.5-pro",
      responseId: newId("resp"),
    };
    if (request.path.includes(":streamGenerateContent")) sendEvents(response, [[undefined, answer]]);
    else sendJson(response, answer);
  });
}
