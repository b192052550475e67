import { expect, test } from 'vitest';
import type { RoomClass } from '../population/room-layout.ts';
import { expectedDeliveries, planLoad } from './plan-load.ts';

const team: RoomClass = { name: 'team', members: 10, messageShare: 0.8 };
const unit: RoomClass = { name: 'unit', members: 25, messageShare: 0.2 };
const scenario = { rooms: [team, unit], profile: 'V2' } as const;
const scale = { users: 200, rampS: 15, durationS: 60, drainS: 15, compression: 40, minimumSamples: 1_000 };

test('the same seed gives the same schedule, another seed another one', () => {
  expect(planLoad(scenario, scale, '1')).toEqual(planLoad(scenario, scale, '1'));
  expect(planLoad(scenario, scale, '1').messages).not.toEqual(planLoad(scenario, scale, '2').messages);
});

test('the rate is the profile’s busiest hour times the compression', () => {
  const { messages } = planLoad(scenario, { ...scale, durationS: 3_600 }, 'rate');
  const perUser = messages.flat().length / scale.users;
  expect(perUser).toBeGreaterThan(35);
  expect(perUser).toBeLessThan(37);
});

test('messages lie within the measured time, in order, and are counted for each sender and room', () => {
  const { messages } = planLoad(scenario, { ...scale, compression: 400 }, '1');
  for (const own of messages) {
    const times = own.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.every((ms) => ms >= 0 && ms <= 60_000)).toBe(true);
    for (const room of new Set(own.map((message) => message.room))) {
      const sequences = own.filter((message) => message.room === room).map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.map((_, index) => index));
    }
  }
});

test('gaps between messages are exponential: as many are short as chance wants', () => {
  const { messages } = planLoad(scenario, { ...scale, durationS: 3_600 }, 'gaps');
  const gaps = messages.flatMap((own) => own.slice(1).map(({ atMs }, index) => atMs - (own[index]?.atMs ?? 0)));
  const meanMs = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const shorter = gaps.filter((gap) => gap < meanMs).length / gaps.length;
  expect(shorter).toBeGreaterThan(0.61);
  expect(shorter).toBeLessThan(0.65);
});

test('four fifths of the messages go to the team', () => {
  const { messages, rooms } = planLoad(scenario, { ...scale, durationS: 3_600 }, 'share');
  const toTeam = messages.flat().filter(({ room }) => rooms[room]?.roomClass.name === 'team').length;
  expect(toTeam / messages.flat().length).toBeCloseTo(0.8, 1);
});

test('everybody arrives before measuring begins', () => {
  const { arrivalsMs } = planLoad(scenario, scale, '1');
  expect(arrivalsMs[0]).toBe(-15_000);
  expect(Math.max(...arrivalsMs)).toBeLessThanOrEqual(-3_000);
});

test('everybody expects what the others of the room send', () => {
  const schedule = planLoad({ ...scenario, rooms: [team] }, { ...scale, users: 10, compression: 400 }, '1');
  const total = schedule.messages.flat().length;
  const expected = expectedDeliveries(schedule);
  expect(expected).toEqual(schedule.messages.map((own) => [total - own.length]));
  expect(expected.flat().reduce((sum, count) => sum + count, 0)).toBe(9 * total);
});
