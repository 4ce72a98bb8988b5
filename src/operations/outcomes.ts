import type { Outcome } from "../vocabulary.js";
import type { EventOutcome } from "./operation.js";

/** What became of the one event that a write reported. */
export const ofWrite = ({ outcome }: { readonly outcome: Outcome }): readonly EventOutcome[] => [outcome];

/** What became of each item of a batch. */
export const ofItems = (items: readonly { readonly outcome: Outcome | null }[]): readonly EventOutcome[] =>
  items.map(({ outcome }) => outcome ?? "REFUSED");
