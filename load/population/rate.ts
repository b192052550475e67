import type { Random } from '../../core/random.ts';
import { drawExponential } from './draw.ts';

/** How often something happens, constant between times; milliseconds since measuring began. */
export interface Rate {
  /** Ascending; the last one ends the run. */
  readonly endsMs: readonly number[];
  /** By stretch of time. */
  readonly perMs: readonly number[];
}

/** Hours of a day, 0 … 24, that a run passes through however long it takes. */
export interface HoursOfDay {
  readonly fromHour: number;
  readonly untilHour: number;
}

export interface DayRateOptions {
  /** Share of the day's messages by hour. */
  readonly curve: readonly number[];
  readonly perDay: number;
  /** How many times denser than on the day itself. */
  readonly compression: number;
  readonly hours: HoursOfDay;
  readonly durationMs: number;
}

const hourMs = 3_600_000;

/** The day's curve from one hour to another, stretched over the run. */
export function dayRate({ curve, perDay, compression, hours, durationMs }: DayRateOptions): Rate {
  const { fromHour, untilHour } = hours;
  const endsMs: number[] = [];
  const perMs: number[] = [];
  for (let hour = Math.floor(fromHour); hour < untilHour; hour++) {
    const end = Math.min(hour + 1, untilHour);
    endsMs.push(((end - fromHour) / (untilHour - fromHour)) * durationMs);
    perMs.push(((curve[hour] ?? 0) * perDay * compression) / hourMs);
  }
  return { endsMs, perMs };
}

/** The hour in which so many people, by their curves, write most. */
export function busiestHour(groups: readonly { readonly people: number; readonly curve: readonly number[] }[]): number {
  const hours = Array.from({ length: 24 }, (_, hour) =>
    groups.reduce((sum, { people, curve }) => sum + people * (curve[hour] ?? 0), 0),
  );
  return hours.indexOf(Math.max(...hours));
}

/** A Poisson process of that rate, by inversion: nobody waits for an answer before writing the next message. */
export function* drawTimes({ endsMs, perMs }: Rate, random: Random): Generator<number> {
  let atMs = 0;
  let left = drawExponential(random);
  for (let stretch = 0; stretch < endsMs.length; stretch++) {
    const endMs = endsMs[stretch] ?? 0;
    const rate = perMs[stretch] ?? 0;
    while (left < (endMs - atMs) * rate) {
      atMs += left / rate;
      yield atMs;
      left = drawExponential(random);
    }
    left -= (endMs - atMs) * rate;
    atMs = endMs;
  }
}
