import type { Sequence, SequenceStep } from '../../../core/model/sequence.ts';
import { deviceIn } from './steps/words.ts';
import type { WireStory } from './wire-log.ts';
import type { WireStep } from './wire-steps.ts';

export interface Party {
  /** As the wire names the device: `alice`, `alice (Telefon)`. */
  readonly title: string;
  readonly userId: string;
  readonly deviceId: string;
}

const homeserver = 'Homeserver';

/** Devices beyond these share a place. */
const mostPlaces = 5;
const others = 'weitere Geräte';

/** What a reader follows; a picture of more tells less. */
const mostSteps = 40;

/** A wider look back merges more of what repeats, and tells the order less exactly. */
const near = [1, 3];
const far = [6, 12, 24, 48, Number.POSITIVE_INFINITY];

/** The story of a run as a picture needs it: people by name, what repeats told once. */
export function sequenceOf(story: WireStory, parties: readonly Party[]): Sequence {
  const heard = [...parties.map(({ title }) => title), ...story.steps.map(({ device }) => device)];
  const titles = [...new Set(heard)].toSorted(inOrder);
  const places = titles.length <= mostPlaces ? titles : [...titles.slice(0, mostPlaces - 1), others];
  const placeOf = (title: string) => (places.includes(title) ? title : others);
  const names = new Map([
    ...parties.map(({ userId, deviceId, title }) => [deviceIn(userId, deviceId), placeOf(title)] as const),
    ...parties.toReversed().map(({ userId, title }) => [userId, placeOf(title)] as const),
  ]);
  const drawn = ({ device, direction, text }: WireStep): SequenceStep => {
    const place = placeOf(device);
    const [from, to] = direction === 'request' ? [place, homeserver] : [homeserver, place];
    return { from, to, text: shortened(withNames(text, names)), count: 1 };
  };
  const own = new Map(parties.map(({ title, userId }) => [title, userId]));
  // Every device is told of changes it made itself.
  const isEcho = ({ device, text }: WireStep) => text.endsWith(` geändert: ${own.get(device)}`);
  const steps = story.steps.filter((step) => !isEcho(step));
  const chosen = chosenFrom(steps, drawn);
  const [first, ...rest] = places;
  return {
    participants: [...(first === undefined ? [] : [first]), homeserver, ...rest],
    steps: chosen.steps,
    unshown: story.unshown + story.steps.length - steps.length + chosen.dropped,
  };
}

const inOrder = new Intl.Collator('de', { numeric: true }).compare;

const mostCharacters = 120;

const shortened = (text: string) => (text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 1)}…`);

function withNames(text: string, names: ReadonlyMap<string, string>): string {
  let named = text;
  for (const [userId, name] of names) named = named.replaceAll(userId, name);
  return named;
}

/** First what is near is merged, then details go, then what is far apart is merged, and at last the middle goes. */
function chosenFrom(all: readonly WireStep[], drawn: (step: WireStep) => SequenceStep) {
  const whole = all.map(drawn);
  for (const back of near) {
    const steps = mergedWithin(whole, back);
    if (steps.length <= mostSteps) return { steps, dropped: 0 };
  }
  const telling = all.filter(({ isDetail }) => !isDetail);
  const dropped = all.length - telling.length;
  const rest = telling.map(drawn);
  for (const back of [...near, ...far]) {
    const steps = mergedWithin(rest, back);
    if (steps.length <= mostSteps) return { steps, dropped };
  }
  return { steps: withoutMiddle(mergedWithin(rest, Number.POSITIVE_INFINITY)), dropped };
}

function withoutMiddle(steps: readonly SequenceStep[]): readonly SequenceStep[] {
  const [head, tail] = [steps.slice(0, mostSteps / 2), steps.slice(1 - mostSteps / 2)];
  const left = steps.length - head.length - tail.length;
  return [...head, { from: homeserver, to: homeserver, text: `… ${left} weitere Schritte …`, count: 1 }, ...tail];
}

function mergedWithin(steps: readonly SequenceStep[], back: number): readonly SequenceStep[] {
  const merged: SequenceStep[] = [];
  for (const step of steps) {
    const from = Math.max(0, merged.length - back);
    const index = merged.findLastIndex((other, at) => at >= from && isSame(other, step));
    const known = merged[index];
    if (known === undefined) merged.push(step);
    else merged[index] = { ...known, count: known.count + step.count };
  }
  return merged;
}

const isSame = (a: SequenceStep, b: SequenceStep) => a.from === b.from && a.to === b.to && a.text === b.text;
