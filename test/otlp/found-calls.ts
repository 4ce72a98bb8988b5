import { json } from "../../src/otlp/encoding.js";
import { otlpRoutes } from "../../src/otlp/routes.js";
import type { LogsRequest, TracesRequest } from "./requests.js";

/** The calls that a request tells of. */
export function callsIn(request: LogsRequest | TracesRequest) {
  const path = "resourceLogs" in request ? "/v1/logs" : "/v1/traces";
  const routes = otlpRoutes.filter((route) => route.path === path);
  return routes.flatMap((route) => route.findCalls(json, request)).map(({ call }) => call);
}
