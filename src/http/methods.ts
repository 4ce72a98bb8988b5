import type { FastifyInstance } from "fastify";
import { MetricsError } from "../errors.js";
import { roles } from "../vocabulary.js";

interface Served {
  readonly url: string;
  readonly methods: readonly string[];
}

/** Answers every other method on a known URL with 405 and what it allows. */
export function answerOtherMethods(app: FastifyInstance, routes: readonly Served[]): void {
  const allowed = new Map<string, Set<string>>();
  for (const { url, methods } of routes) {
    allowed.set(
      url,
      new Set([...(allowed.get(url) ?? []), ...methods, ...(methods.includes("GET") ? ["HEAD"] : [])]),
    );
  }
  for (const [url, methods] of allowed) {
    const allow = [...methods].join(", ");
    app.route({
      method: app.supportedMethods.filter((method) => !methods.has(method)),
      url,
      config: { access: roles },
      handler: async ({ method }) => {
        throw new MetricsError("METHOD_NOT_ALLOWED", `${method} is not allowed here; use ${allow}.`, {
          headers: { allow },
        });
      },
    });
  }
}
