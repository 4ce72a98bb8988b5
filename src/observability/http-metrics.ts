import { Gauge, Histogram, type Registry } from "prom-client";
import { latencyBuckets } from "./buckets.js";

/** The methods that some route serves; all others are told apart by nobody. */
const servedMethods: readonly string[] = ["GET", "HEAD", "POST"];

/** What is measured of HTTP; named as OpenTelemetry's semantic conventions name it. */
export interface HttpMetrics {
  /** Told when a request has come in; the answer is to be called when it is over, however it ended. */
  began(): (answer: AnsweredRequest) => void;
}

/** A request that is over. */
interface AnsweredRequest {
  readonly method: string;
  /** The pattern of its route; undefined where there is none. */
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
}

/** Registers what is measured of HTTP. Every label is from a closed set, whatever is sent. */
export function httpMetrics(registry: Registry): HttpMetrics {
  const durations = new Histogram({
    name: "http_server_request_duration_seconds",
    help: "HTTP requests and how long their answers took, by route. Status 499: the client hung up before its answer.",
    labelNames: ["http_request_method", "http_route", "http_response_status_code"],
    buckets: latencyBuckets,
    registers: [registry],
  });
  const active = new Gauge({
    name: "http_server_active_requests",
    help: "HTTP requests that have come in and are not answered yet.",
    registers: [registry],
  });
  return {
    began: () => {
      active.inc();
      return ({ method, route = "unknown", status, seconds }) => {
        active.dec();
        durations.observe(
          {
            http_request_method: servedMethods.includes(method) ? method : "_OTHER",
            http_route: route,
            http_response_status_code: status,
          },
          seconds,
        );
      };
    },
  };
}
