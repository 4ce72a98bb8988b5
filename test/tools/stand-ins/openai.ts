import { newId, openStandIn, type Received, type StandIn, sendEvents, sendJson } from "./stand-in.js";

/** What a model is made to say or call, and to have used. */
export interface Turn {
  readonly text?: string;
  readonly calls?: readonly {
    readonly namespace?: string;
    readonly name: string;
    readonly args: Record<string, unknown>;
  }[];
  /** Tokens; those that were cached are part of the input. */
  readonly usage: { readonly input: number; readonly cached?: number; readonly output: number };
}

/** The Responses API of OpenAI. */
export function openOpenAi(turnFor: (request: Received) => Turn): Promise<StandIn> {
  return openStandIn((request, response) => {
    if (!request.path.endsWith("/responses"))
      return sendJson(response, { object: "list", data: [], models: [] });
    const { text, calls = [], usage } = turnFor(request);
    const id = newId("resp");
    const items = [
      ...(text === undefined
        ? []
        : [
            {
              type: "message",
              id: newId("msg"),
              role: "assistant",
              content: [{ type: "output_text", text }],
            },
          ]),
      ...calls.map(({ namespace, name, args }) => ({
        ...(namespace !== undefined && { namespace }),
        type: "function_call",
        id: newId("fc"),
        call_id: newId("call"),
        name,
        arguments: JSON.stringify(args),
      })),
    ];
    const { input, cached = 0, output } = usage;
    const used = {
      input_tokens: input,
      input_tokens_details: { cached_tokens: cached },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + output,
    };
    sendEvents(response, [
      ["response.created", { type: "response.created", response: { id } }],
      ...items.map(
        (item) => ["response.output_item.done", { type: "response.output_item.done", item }] as const,
      ),
      ["response.completed", { type: "response.completed", response: { id, usage: used } }],
    ]);
  });
}
