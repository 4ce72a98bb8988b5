/** A clock that stands still until a test moves it. */
export interface TestClock {
  now(): Date;
  /** Moves to an instant, e.g. `2026-02-23T12:00:00.000Z`. */
  set(instant: string): void;
  advance(milliseconds: number): void;
}

/** Noon of the day on which the example of the documentation happens. */
export const noon = "2026-02-23T12:00:00.000Z";

export function testClock(start: string = noon): TestClock {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    set: (instant) => {
      time = Date.parse(instant);
    },
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

/** The instant some milliseconds after `instant` (before it when negative), spelled as the API answers times. */
export function after(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
