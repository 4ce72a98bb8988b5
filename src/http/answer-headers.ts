import type { FastifyReply, FastifyRequest } from "fastify";

/**
 * The headers of every answer, whichever door gives it and whatever came of the request: nothing may keep it, and a
 * browser that is led here runs, frames, embeds and guesses nothing. `Strict-Transport-Security` is for whoever ends TLS
 * in front of the server, which itself speaks plain HTTP, where browsers ignore it (RFC 6797, section 7.2).
 */
const everywhere = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/** The headers of the answer to a request; its id finds it in the log. */
export const answerHeaders = (requestId: string): Readonly<Record<string, string>> => ({
  "x-request-id": requestId,
  ...everywhere,
});

/** Sets them on an answer that is still to be given. */
export function markAnswer({ id }: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.headers(answerHeaders(id));
}
