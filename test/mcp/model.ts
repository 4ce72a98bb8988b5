import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterEach } from "vitest";
import { errorKey } from "../../src/mcp/tool-error.js";

/** The versions of the protocol, as clients speak it. */
export const eras = ["2026", "2025"] as const;
export type Era = (typeof eras)[number];

type Fields = Record<string, unknown>;

/** What a tool answered. */
interface ToolAnswer {
  readonly isError: boolean;
  /** What a model reads. */
  readonly text: string;
  /** What a program reads; of an error nothing. */
  readonly data: Fields;
  /** The code and the broken rules of an error. */
  readonly error: { readonly code: string; readonly errors: readonly { path: string; message: string }[] };
}

/** A client of the tools, as an executor has one. */
export interface Model {
  readonly client: Client;
  call(name: string, input?: Fields): Promise<ToolAnswer>;
  /** What a tool answers that succeeds. */
  data(name: string, input?: Fields): Promise<Fields>;
}

/** Calls tools with a client that is connected. */
export function modelWith(client: Client): Model {
  const call = async (name: string, input: Fields = {}): Promise<ToolAnswer> => {
    const {
      isError = false,
      content,
      structuredContent = {},
      _meta,
    } = await client.callTool({
      name,
      arguments: input,
    });
    const [first] = content as { text: string }[];
    const error = _meta?.[errorKey] ?? {};
    return {
      isError,
      text: first?.text ?? "",
      data: structuredContent as Fields,
      error: error as ToolAnswer["error"],
    };
  };
  return {
    client,
    call,
    data: async (name, input) => {
      const { isError, text, data } = await call(name, input);
      if (isError) throw new Error(`${name}: ${text}`);
      return data;
    },
  };
}

const opened: Client[] = [];

afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
});

/** The SDK's own client at a server's `/mcp`; it is gone after the test. */
export async function modelAt(url: string, era: Era = "2026", key?: string): Promise<Model> {
  const client = new Client(
    { name: "a test", version: "1" },
    { versionNegotiation: { mode: era === "2026" ? { pin: "2026-07-28" } : "legacy" } },
  );
  opened.push(client);
  const requestInit = key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", url), { requestInit }));
  return modelWith(client);
}
