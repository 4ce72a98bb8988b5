import { WireType } from "@bufbuild/protobuf/wire";
import { attributes } from "./attributes.js";
import { hexId, microseconds, named, text, unread } from "./fields.js";
import { Message } from "./message.js";
import { type Sent, type Signal, signal } from "./signal.js";

const { Varint, Bit32, Bit64, LengthDelimited } = WireType;

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

type SentOn<Of> = Of extends Signal<infer Item> ? Sent<Item> : never;
export type LogRecord = SentOn<typeof logs>;
export type Span = SentOn<typeof traces>;
