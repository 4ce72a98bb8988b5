import Negotiator from "negotiator";

const json = "application/json;charset=utf-8";
const text = "text/plain;charset=utf-8";

/** Whether a client would rather read plain text than JSON, by its `Accept`. Who takes either, or neither, is sent JSON. */
export const prefersText = (accept: string | undefined): boolean =>
  new Negotiator({ headers: { accept } }).mediaType([json, text]) === text;
