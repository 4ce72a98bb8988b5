import type { FastifyRequest } from "fastify";

/** A `Host` header that can stand in a URL and in a shell as it is. */
const plainHost = /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/i;

/** Where a client reaches the server: the configured address, else the one it used, else the one it listens at. */
export function baseUrlOf(request: FastifyRequest, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl;
  const { host, protocol, server } = request;
  return plainHost.test(host) ? `${protocol}://${host}` : server.listeningOrigin;
}
