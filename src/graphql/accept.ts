import type { FastifyRequest } from "fastify";

const answerable =
  /^(application\/(graphql-response\+)?json(;charset=utf-8)?|application\/\*|\*\/\*)(;q=[\d.]+)?$/;
const refusing = /;q=[0.]+$/;

/**
 * Passes over an `Accept` header that does not name JSON, as a server may (RFC 9110). Apollo refuses such a request
 * only after it has done what it asks for, so that a write would be stored and called refused.
 */
export async function passOverAccept({ headers }: FastifyRequest): Promise<void> {
  const { accept } = headers;
  if (accept === undefined) return;
  const ranges = accept.split(",").map((range) => range.replaceAll(/\s/g, "").toLowerCase());
  const isAnswerable = ranges.some((range) => answerable.test(range));
  if (!isAnswerable || ranges.some((range) => refusing.test(range))) delete headers.accept;
}
