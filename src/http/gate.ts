import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Caller } from "../domain/caller.js";
import { MetricsError } from "../errors.js";
import { authorize, type Visit } from "../operations/perform.js";
import type { Keyring } from "../services/keyring.js";
import { type Role, roles } from "../vocabulary.js";
import type { FailedLogins } from "./failed-logins.js";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may use the route: `anybody`, or keys of these roles. A route without it cannot be added. */
    access?: Access;
  }
}

type Access = "anybody" | readonly Role[];

export interface GateParts {
  readonly keyring: Keyring;
  readonly failedLogins: FailedLogins;
  /** Without keys, whoever reaches the server comes in, by whatever name. */
  readonly insecureNoAuth: boolean;
}

const bearer = /^bearer +(\S+) *$/i;
const loopbackNames: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Lets nobody pass without a key, once there is one, and refuses to serve a route that does not say who may use it. A
 * server without keys listens on loopback and answers only requests that mean it, so that no page in a browser can reach
 * it by another name or from another origin.
 * @returns who came with a request that passed, and when
 */
export function guard(app: FastifyInstance, parts: GateParts): (request: FastifyRequest) => Visit {
  const visits = new WeakMap<FastifyRequest, Visit>();
  app.addHook("onRoute", ({ method, url, config }) => {
    if (config?.access === undefined) throw new Error(`nobody said who may use ${method} ${url}`);
  });
  app.addHook("onRequest", async (request) => {
    const { access = roles } = request.routeOptions.config; // what is not found is nobody's in particular
    if (access === "anybody") return;
    const sinceMs = performance.now();
    const caller = await callerOf(request, parts);
    authorize(caller, { name: `${request.method} ${request.routeOptions.url}`, roles: access });
    visits.set(request, { caller, sinceMs });
  });
  return (request) => {
    const visit = visits.get(request);
    if (visit === undefined) throw new Error("a request is served that nobody let pass");
    return visit;
  };
}

async function callerOf(request: FastifyRequest, parts: GateParts): Promise<Caller> {
  const { keyring, failedLogins, insecureNoAuth } = parts;
  if (!(await keyring.isLocked())) {
    if (!insecureNoAuth) requireLoopback(request);
    return keyring.callerOf(undefined);
  }
  failedLogins.requireFew(request.ip);
  try {
    return await keyring.callerOf(tokenOf(request));
  } catch (error) {
    if (error instanceof MetricsError && error.code === "UNAUTHENTICATED") failedLogins.note(request.ip);
    throw error;
  }
}

function tokenOf({ headers }: FastifyRequest): string | undefined {
  const { authorization } = headers;
  if (authorization === undefined) return undefined;
  return bearer.exec(authorization)?.[1] ?? "";
}

function requireLoopback({ headers, raw }: FastifyRequest): void {
  const { host = "", origin = "http://localhost" } = headers;
  const { authority = host } = inAbsoluteForm.exec(raw.url ?? "")?.groups ?? {};
  const { authority: page = "" } = inAbsoluteForm.exec(origin)?.groups ?? {};
  const isFromElsewhere = headers["sec-fetch-site"] === "cross-site"; // a page that needs no CORS, such as for an image
  if ([host, authority, page].every(isLoopback) && !isFromElsewhere) return;
  throw new MetricsError(
    "FORBIDDEN",
    "Without keys this server answers only what is sent to localhost, from no other origin; make a key with: npm run keys -- create",
  );
}

const inAbsoluteForm = /^https?:\/\/(?<authority>[^/?#]*)/i;

const isLoopback = (authority: string) =>
  loopbackNames.includes(authority.toLowerCase().replace(/:\d{1,5}$/, ""));
