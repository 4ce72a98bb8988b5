import { BinaryReader } from "@bufbuild/protobuf/wire";
import { badUserInput } from "../errors.js";
import { Attributes, attributes } from "./attributes.js";
import { list, named, nested, text } from "./fields.js";
import { type Fields, isObject, Message, type Values, wrongShape } from "./message.js";

/** Who sent something: the resource and the instrumentation scope around it. */
export interface Origin {
  readonly resource: Attributes;
  readonly scopeName: string;
}

/** A log record or a span, with where it came from. */
export type Sent<Item> = Omit<Item, "attributes"> & {
  /** Where it stands in the request: `resourceLogs.0.scopeLogs.0.logRecords.5`. */
  readonly path: string;
  readonly origin: Origin;
  readonly attributes: Attributes;
};

/** One kind of telemetry: how the request that exports it is read. */
export interface Signal<Item> {
  /** Where it is sent. */
  readonly path: string;
  /** @throws MetricsError `BAD_USER_INPUT` naming the path of what has the wrong shape */
  fromJson(body: unknown): Iterable<Sent<Item>>;
  /** @throws MetricsError `BAD_USER_INPUT` when the bytes are no such request */
  fromProtobuf(bytes: Uint8Array): Iterable<Sent<Item>>;
}

/** Where each kind is sent, and what its lists are called; its items stand in scopes, and these in resources. */
const kinds = {
  logs: { path: "/v1/logs", resources: "resourceLogs", scopes: "scopeLogs", items: "logRecords" },
  traces: { path: "/v1/traces", resources: "resourceSpans", scopes: "scopeSpans", items: "spans" },
  metrics: { path: "/v1/metrics", resources: "resourceMetrics", scopes: "scopeMetrics", items: "metrics" },
} as const;

const resource = new Message({ attributes: attributes(1) });
const scope = new Message({ name: text(1) });
const none = new Attributes();

interface Attributed {
  readonly attributes?: Attributes;
}

/** The signal whose requests hold such items, in scopes, in resources. */
export function signal<All extends Fields>(
  kind: keyof typeof kinds,
  item: Message<All>,
): Signal<Values<All>> {
  const names = kinds[kind];
  const items = named(names.items, list(nested(2, item)));
  const ofScope = new Message({ scope: nested(1, scope), items });
  const scopes = named(names.scopes, list(nested(2, ofScope)));
  const ofResource = new Message({ resource: nested(1, resource), scopes });
  const request = new Message({ resources: named(names.resources, list(nested(1, ofResource))) });

  /** One after the other, so that of the many only those are kept that somebody keeps. */
  function* sentIn(read: ReturnType<typeof request.fromJson>): Iterable<Sent<Values<All>>> {
    for (const [resourceIndex, fromResource] of (read.resources ?? []).entries()) {
      for (const [scopeIndex, fromScope] of (fromResource.scopes ?? []).entries()) {
        const origin: Origin = {
          resource: fromResource.resource?.attributes ?? none,
          scopeName: fromScope.scope?.name ?? "",
        };
        const path = `${names.resources}.${resourceIndex}.${names.scopes}.${scopeIndex}.${names.items}`;
        for (const [index, each] of (fromScope.items ?? []).entries()) {
          const { attributes: own = none }: Attributed = each;
          yield { ...each, path: `${path}.${index}`, origin, attributes: own };
        }
      }
    }
  }

  return {
    path: names.path,
    fromJson: (body) => {
      refuseOtherKinds(names.resources, body);
      return sentIn(request.fromJson(body, ""));
    },
    fromProtobuf: (bytes) => {
      try {
        return sentIn(request.fromProtobuf(new BinaryReader(bytes), bytes.length));
      } catch (cause) {
        const message = `The body is not a protobuf request of ${kind}: it is cut off, or belongs to another path.`;
        throw badUserInput([{ path: "", message }], { status: 400, cause });
      }
    },
  };
}

/** @throws MetricsError `BAD_USER_INPUT` when the body holds telemetry of other kinds only */
function refuseOtherKinds(expected: string, body: unknown): void {
  if (!isObject(body) || body[expected] !== undefined) return;
  for (const { path, resources } of Object.values(kinds)) {
    if (body[resources] !== undefined) throw wrongShape(resources, `must be sent to ${path}`);
  }
}
