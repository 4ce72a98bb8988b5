import { newId, openStandIn, type Received, type StandIn, sendEvents, sendJson } from "./stand-in.js";

/** What a model is made to say, and to have used. */
export interface Turn {
  readonly text?: string;
  readonly tools?: readonly { readonly name: string; readonly input: Record<string, unknown> }[];
  /** Tokens, in disjoint buckets. */
  readonly usage: {
    readonly input: number;
    readonly output: number;
    readonly cacheRead?: number;
    readonly cacheWrite5m?: number;
    readonly cacheWrite1h?: number;
  };
}

/** The messages that a request carries, as text: enough to tell where a conversation stands. */
export const saidIn = ({ body }: Received): string => JSON.stringify(body.messages ?? []);

/** The Messages API of Anthropic. */
export function openAnthropic(turnFor: (request: Received) => Turn | Promise<Turn>): Promise<StandIn> {
  return openStandIn(async (request, response) => {
    if (request.path.startsWith("/v1/messages/count_tokens")) return sendJson(response, { input_tokens: 10 });
    if (!request.path.startsWith("/v1/messages")) return sendJson(response, {});
    const turn = await turnFor(request);
    const headers = { "request-id": newId("req") };
    const message = messageOf(request, turn);
    if (request.body.stream !== true) return sendJson(response, message, headers);
    sendEvents(response, eventsOf(message, turn), headers);
  });
}

function messageOf({ body }: Received, { text, tools = [], usage }: Turn) {
  const { input, output, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0 } = usage;
  return {
    id: newId("msg"),
    type: "message",
    role: "assistant",
    model: body.model,
    content: [
      ...(text === undefined ? [] : [{ type: "text", text }]),
      ...tools.map(({ name, input: given }) => ({
        type: "tool_use",
        id: newId("toolu"),
        name,
        input: given,
      })),
    ],
    stop_reason: tools.length > 0 ? "tool_use" : "end_turn",
    stop_sequence: null,
    usage: {
      input_tokens: input,
      output_tokens: output,
      cache_read_input_tokens: cacheRead,
      cache_creation_input_tokens: cacheWrite5m + cacheWrite1h,
      cache_creation: { ephemeral_5m_input_tokens: cacheWrite5m, ephemeral_1h_input_tokens: cacheWrite1h },
    },
  };
}

function eventsOf(message: ReturnType<typeof messageOf>, { usage }: Turn) {
  const { content, stop_reason, stop_sequence, ...start } = message;
  const begin = { ...start, content: [], stop_reason: null, stop_sequence: null };
  const blocks = content.flatMap((block, index): (readonly [string, unknown])[] => {
    const isText = "text" in block;
    const delta = isText
      ? { type: "text_delta", text: block.text }
      : { type: "input_json_delta", partial_json: JSON.stringify("input" in block ? block.input : {}) };
    const opening = isText ? { type: "text", text: "" } : { ...block, input: {} };
    return [
      ["content_block_start", { type: "content_block_start", index, content_block: opening }],
      ["content_block_delta", { type: "content_block_delta", index, delta }],
      ["content_block_stop", { type: "content_block_stop", index }],
    ];
  });
  return [
    [
      "message_start",
      { type: "message_start", message: { ...begin, usage: { ...begin.usage, output_tokens: 1 } } },
    ],
    ...blocks,
    [
      "message_delta",
      {
        type: "message_delta",
        delta: { stop_reason, stop_sequence },
        usage: { output_tokens: usage.output },
      },
    ],
    ["message_stop", { type: "message_stop" }],
  ] as const;
}
