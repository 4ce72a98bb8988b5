import { stripVTControlCharacters } from "node:util";

/** Text from elsewhere that may go to a terminal: what would steer it is shown as a dot. */
export const harmless = (text: string): string =>
  stripVTControlCharacters(text).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "·");

/** The same of lines, which stay lines. */
export const harmlessLines = (text: string): string => text.split("\n").map(harmless).join("\n");
