import { expect, test } from 'vitest';
import { sequenceOf } from './sequence-of.ts';
import type { WireStory } from './wire-log.ts';

const alice = { title: 'alice', userId: '@a1:prüf.test', deviceId: 'A' };
const bob = { title: 'bob', userId: '@b1:prüf.test', deviceId: 'B' };
const said = (device: string, text: string) => ({ device, direction: 'request', text, isDetail: false }) as const;
const heard = (device: string, text: string) => ({ device, direction: 'answer', text, isDetail: false }) as const;
const story = (...steps: WireStory['steps']): WireStory => ({ steps, unshown: 7 });

test('people stand by name, the homeserver between them, and what repeats is told once', () => {
  const told = story(
    said('alice', 'Einladung: @b1:prüf.test'),
    heard('bob', 'Einladung in einen Raum'),
    heard('bob', 'Einladung in einen Raum'),
  );
  expect(sequenceOf(told, [alice, bob])).toEqual({
    participants: ['alice', 'Homeserver', 'bob'],
    steps: [
      { from: 'alice', to: 'Homeserver', text: 'Einladung: bob', count: 1 },
      { from: 'Homeserver', to: 'bob', text: 'Einladung in einen Raum', count: 2 },
    ],
    unshown: 7,
  });
});

test('each device of a person has its own name', () => {
  const phone = { title: 'bob (Telefon)', userId: bob.userId, deviceId: 'T' };
  const told = story(
    said('alice', 'An @b1:prüf.test (Gerät T): m.room.encrypted (Olm)'),
    heard('bob (Telefon)', 'An dieses Gerät von @a1:prüf.test: m.room.encrypted (Olm)'),
  );
  expect(sequenceOf(told, [phone, bob, alice]).steps.map(({ text }) => text)).toEqual([
    'An bob (Telefon): m.room.encrypted (Olm)',
    'An dieses Gerät von alice: m.room.encrypted (Olm)',
  ]);
});

test('a short story keeps its order, a long one merges what alternates', () => {
  const exchange = [said('alice', 'Ereignis'), heard('bob', 'Ereignis')];
  expect(sequenceOf(story(...exchange, ...exchange), [alice, bob]).steps).toHaveLength(4);
  const long = Array.from({ length: 60 }, () => exchange).flat();
  expect(sequenceOf(story(...long), [alice, bob]).steps.map(({ count }) => count)).toEqual([60, 60]);
});

test('a long story leaves out details first', () => {
  const details = Array.from({ length: 60 }, (_, index) => ({
    ...heard('bob', `Einzelheit ${index}`),
    isDetail: true,
  }));
  const { steps, unshown } = sequenceOf(story(...details, said('alice', 'Raum angelegt')), [alice, bob]);
  expect(steps.map(({ text }) => text)).toEqual(['Raum angelegt']);
  expect(unshown).toBe(67);
});

test('what is too long all the same loses its middle, and says so', () => {
  const steps = Array.from({ length: 100 }, (_, index) => said('alice', `Schritt ${index}`));
  const told = sequenceOf(story(...steps), [alice]).steps;
  expect(told).toHaveLength(40);
  expect(told[0]?.text).toBe('Schritt 0');
  expect(told.at(-1)?.text).toBe('Schritt 99');
  expect(told.map(({ text }) => text)).toContain('… 61 weitere Schritte …');
});

test('many devices share a place', () => {
  const crowd = Array.from({ length: 20 }, (_, index) => ({
    title: `gast ${index}`,
    userId: `@g${index}:prüf.test`,
    deviceId: `G${index}`,
  }));
  const told = story(said('gast 18', 'Beitritt zum Raum'), said('gast 19', 'Beitritt zum Raum'));
  const { participants, steps } = sequenceOf(told, [alice, ...crowd]);
  expect(participants).toEqual(['alice', 'Homeserver', 'gast 0', 'gast 1', 'gast 2', 'weitere Geräte']);
  expect(steps).toEqual([{ from: 'weitere Geräte', to: 'Homeserver', text: 'Beitritt zum Raum', count: 2 }]);
});
