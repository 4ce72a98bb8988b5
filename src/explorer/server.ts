import type { IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import Negotiator from "negotiator";
import { notFound } from "../errors.js";
import { Assets } from "./assets.js";
import { explorerPage } from "./page.js";

/** Where the page is served; a browser that asks for GraphQL is led here. */
export const explorerPath = "/explorer";

/**
 * What the page may do: run its own scripts, and ask this server. The hash is that of the one style that GraphiQL makes
 * while a dialog is open, so that what is behind it stays where it is.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-nzTgYzXYDNe6BAHiiI7NNlfK8n/auuOAhh2t92YvuXo='",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * The address that a request means: that of the explorer, when a browser wants to show what is at `/graphql`. Clients of
 * GraphQL name JSON, or do not care; and what brings a query is one.
 */
export function addressOf({ url = "", method = "", headers }: IncomingMessage): string {
  const isRead = method === "GET" || method === "HEAD";
  const accepted = new Negotiator({ headers }).mediaTypes();
  const wantsPage =
    accepted.some((type) => /^text\/html$/i.test(type)) && !accepted.some((type) => /\bjson\b/i.test(type));
  return isRead && wantsPage && /^\/graphql(\?(?!.*\b(query|documentId)=)|$)/.test(url) ? explorerPath : url;
}

/** Serves GraphiQL from the package itself, to anybody: the page holds nothing, and each query is asked for its key. */
export function mountExplorer(app: FastifyInstance): void {
  const config = { access: "anybody" } as const;
  let read: Promise<Assets> | undefined;
  const assets = () => {
    read ??= Assets.read().catch((error) => {
      read = undefined;
      throw error;
    });
    return read;
  };
  app.get(explorerPath, { config }, async (_request, reply) =>
    reply
      .headers({
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": policy,
        vary: "accept",
      })
      .send(explorerPage(await assets())),
  );
  app.get<{ Params: { file: string } }>(`${explorerPath}/:file`, { config }, async (request, reply) => {
    const asset = (await assets()).get(request.params.file);
    if (asset === undefined) throw notFound("The explorer has no such file; load its page again.");
    const isPacked = new Negotiator(request.raw).encoding(["gzip", "identity"]) === "gzip";
    return reply
      .headers({
        "content-type": asset.type,
        "cache-control": "public, max-age=31536000, immutable",
        vary: "accept-encoding",
        ...(isPacked && { "content-encoding": "gzip" }),
      })
      .send(isPacked ? asset.gzipped : gunzipSync(asset.gzipped));
  });
}
