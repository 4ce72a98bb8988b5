import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { badUserInput } from "../errors.js";
import { Attributes, attributes } from "./attributes.js";
import { hexId, list, microseconds, named, nested, text, unread } from "./fields.js";
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
  fromJson(body: unknown): readonly Sent<Item>[];
  /** @throws MetricsError `BAD_USER_INPUT` when the bytes are no such request */
  fromProtobuf(bytes: Uint8Array): readonly Sent<Item>[];
}

/** Where each kind is sent, and what its lists are called; its items stand in scopes, and these in resources. */
const kinds = {
  logs: { path: "/v1/logs", resources: "resourceLogs", scopes: "scopeLogs", items: "logRecords" },
  traces: { path: "/v1/traces", resources: "resourceSpans", scopes: "scopeSpans", items: "spans" },
  metrics: { path: "/v1/metrics", resources: "resourceMetrics", scopes: "scopeMetrics", items: "metrics" },
} as const;

type Kind = keyof typeof kinds;

const { Varint, Bit32, Bit64, LengthDelimited } = WireType;

const resource = new Message({ attributes: attributes(1) });
const scope = new Message({ name: text(1) });

type Item = { readonly attributes?: Attributes };

function signal<All extends Fields>(kind: Kind, item: Message<All>): Signal<Values<All>> {
  const names = kinds[kind];
  const ofScope = new Message({ scope: nested(1, scope), items: named(names.items, list(nested(2, item))) });
  const ofResource = new Message({
    resource: nested(1, resource),
    scopes: named(names.scopes, list(nested(2, ofScope))),
  });
  const request = new Message({ resources: named(names.resources, list(nested(1, ofResource))) });

  function sent({ resources = [] }: ReturnType<typeof request.fromJson>): readonly Sent<Values<All>>[] {
    return resources.flatMap(({ resource: { attributes: ofOrigin = none } = {}, scopes = [] }, r) =>
      scopes.flatMap(({ scope: { name: scopeName = "" } = {}, items = [] }, s) => {
        const origin: Origin = { resource: ofOrigin, scopeName };
        const path = `${names.resources}.${r}.${names.scopes}.${s}.${names.items}`;
        return items.map((each: Values<All> & Item, index) => ({
          ...each,
          path: `${path}.${index}`,
          origin,
          attributes: each.attributes ?? none,
        }));
      }),
    );
  }

  return {
    path: names.path,
    fromJson: (body) => {
      refuseOtherKinds(kind, body);
      return sent(request.fromJson(body, ""));
    },
    fromProtobuf: (bytes) => {
      try {
        return sent(request.fromProtobuf(new BinaryReader(bytes), bytes.length));
      } catch (cause) {
        const message = `The body is not a protobuf request of ${kind}: it is cut off, or belongs to another path.`;
        throw badUserInput([{ path: "", message }], { status: 400, cause });
      }
    },
  };
}

const none = new Attributes();

/** @throws MetricsError `BAD_USER_INPUT` when the body holds telemetry of other kinds only */
function refuseOtherKinds(kind: Kind, body: unknown): void {
  if (!isObject(body) || body[kinds[kind].resources] !== undefined) return;
  for (const { path, resources } of Object.values(kinds)) {
    if (body[resources] !== undefined) throw wrongShape(resources, `must be sent to ${path}`);
  }
}

const logRecord = new Message({
  time: named("timeUnixNano", microseconds(1)),
  observedTime: named("observedTimeUnixNano", microseconds(11)),
  eventName: text(12),
  traceId: hexId(9, 16),
  spanId: hexId(10, 8),
  attributes: attributes(6),
  severityNumber: unread(2, Varint),
  severityText: unread(3, LengthDelimited),
  body: unread(5, LengthDelimited),
  droppedAttributesCount: unread(7, Varint),
  flags: unread(8, Bit32),
});

const span = new Message({
  startTime: named("startTimeUnixNano", microseconds(7)),
  traceId: hexId(1, 16),
  spanId: hexId(2, 8),
  attributes: attributes(9),
  traceState: unread(3, LengthDelimited),
  parentSpanId: unread(4, LengthDelimited),
  name: unread(5, LengthDelimited),
  kind: unread(6, Varint),
  endTimeUnixNano: unread(8, Bit64),
  droppedAttributesCount: unread(10, Varint),
  events: unread(11, LengthDelimited),
  droppedEventsCount: unread(12, Varint),
  links: unread(13, LengthDelimited),
  droppedLinksCount: unread(14, Varint),
  status: unread(15, LengthDelimited),
  flags: unread(16, Bit32),
});

const metric = new Message({
  name: unread(1, LengthDelimited),
  description: unread(2, LengthDelimited),
  unit: unread(3, LengthDelimited),
  gauge: unread(5, LengthDelimited),
  sum: unread(7, LengthDelimited),
  histogram: unread(9, LengthDelimited),
  exponentialHistogram: unread(10, LengthDelimited),
  summary: unread(11, LengthDelimited),
  metadata: unread(12, LengthDelimited),
});

export const logs = signal("logs", logRecord);
export const traces = signal("traces", span);
export const metrics = signal("metrics", metric);

export type LogRecord = ReturnType<typeof logs.fromJson>[number];
export type Span = ReturnType<typeof traces.fromJson>[number];
