import { expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import { act, acted } from '../act.ts';
import { draw, moments } from '../choices.ts';
import { settled } from '../sending.ts';
import { type FakeAnswer, fakeUser } from '../user.fixture.ts';
import { attach, openAttachment } from './attach.ts';
import { drawFileBytes } from './file-size.ts';
import { openRoom } from './open-room.ts';
import { read } from './read.ts';
import { edit, react } from './relate.ts';
import { scrollBack } from './scroll-back.ts';
import { signIn } from './session.ts';
import { type } from './type.ts';

const done = (): FakeAnswer => ({ json: { event_id: '$1', chunk: [], start: 's' } });

test('an action is timed from when the person meant it and from when it began', async () => {
  const { user, told } = fakeUser(done);
  await user.shared.clock.pause(500);
  await act(user, 'read', 100, async () => {
    await user.shared.clock.pause(40);
    return true;
  });
  expect(told().latencies).toEqual({ read: [440, 1], readActual: [40, 1] });
});

test('what failed has no latency, and after the end of the run nothing begins', async () => {
  const { user, told } = fakeUser(done);
  expect(await act(user, 'read', 0, async () => false)).toBe(false);
  await user.shared.clock.pause(70_000);
  expect(await act(user, 'read', 0, async () => true)).toBe(false);
  expect(told().latencies).toEqual({});
});

test('the end waits for actions nobody awaited', async () => {
  const { user } = fakeUser(done);
  const steps: string[] = [];
  act(user, 'read', 0, async () => {
    await Promise.resolve();
    steps.push('read');
    return true;
  });
  await acted(user);
  expect(steps).toEqual(['read']);
  expect(user.acting?.size).toBe(0);
});

test('receipts while one is under way become one', async () => {
  const { user, asked } = fakeUser(done);
  user.newest[0] = '$1';
  await Promise.all([read(user, 0), read(user, 0), read(user, 0), read(user, 0)]);
  expect(asked.map(({ name }) => name)).toEqual(['readMarkers', 'readMarkers']);
});

test('writing is shown, renewed every 10 s and ended', async () => {
  const { user, asked } = fakeUser(done);
  await type(user, 0, 25_000);
  expect(asked.map(({ body }) => JSON.parse(body ?? '').typing)).toEqual([true, true, true, false]);
  expect(user.shared.clock.now()).toBe(25_000);
});

test('members are asked for when a room is opened for the first time', async () => {
  const { user, asked } = fakeUser(done);
  user.newest[0] = '$1';
  await openRoom(user, 0);
  await openRoom(user, 0);
  expect(asked.map(({ name }) => name)).toEqual(['messages', 'context', 'members', 'messages', 'context']);
});

test('scrolling goes on until enough was seen or the room begins', async () => {
  const page = (end?: string): FakeAnswer => ({
    json: { start: 's', chunk: Array.from({ length: 20 }, () => ({})), ...(end && { end }) },
  });
  const enough = fakeUser(() => page('e'));
  await scrollBack(enough.user, 0, 50);
  expect(enough.asked.map(({ url }) => /from=(\w+)/.exec(url)?.[1])).toEqual([undefined, 'e', 'e']);
  expect(enough.told()).toMatchObject({ counters: { eventsScrolled: 60 }, latencies: { scrollBack: [0, 3] } });
  const short = fakeUser((_request, count) => page(count === 1 ? 'e' : undefined));
  await scrollBack(short.user, 0, 200);
  expect(short.asked).toHaveLength(2);
});

test('a reaction names the newest event, an edit the own one, and neither happens without', async () => {
  const { user, asked } = fakeUser(done);
  await react(user, 0);
  await edit(user, 0);
  expect(asked).toEqual([]);
  Object.assign(user, { newest: ['$newest'], own: ['$own'] });
  await react(user, 0);
  await edit(user, 0);
  expect(asked.map(({ body }) => JSON.parse(body ?? '')['m.relates_to'])).toMatchObject([
    { rel_type: 'm.annotation', event_id: '$newest' },
    { rel_type: 'm.replace', event_id: '$own' },
  ]);
});

test('a file is uploaded in the order of its message and sent with its address', async () => {
  const { user, asked } = fakeUser(({ name }) =>
    name === 'upload' ? { json: { content_uri: 'mxc://hs1/file' } } : done(),
  );
  const message = { atMs: 0, room: 0, sequence: 0, ciphertextCharacters: 400 };
  attach(user, message, 30_000);
  await settled(user);
  expect(asked.map(({ name, body }) => [name, body?.length ?? 0])).toEqual([
    ['upload', 30_000],
    ['send', expect.any(Number)],
  ]);
  expect(asked[0]?.headers['content-type']).toBe('application/octet-stream');
  user.attachment = JSON.parse(asked[1]?.body ?? '')['org.pruefstand.file'];
  await openAttachment(user);
  expect(asked[2]?.url).toBe('http://hs1/_matrix/client/v1/media/download/hs1/file');
});

test('a file that cannot be uploaded leaves its message unconfirmed', async () => {
  const { user } = fakeUser(() => ({ status: 413 }));
  await attach(user, { atMs: 0, room: 0, sequence: 2, ciphertextCharacters: 400 }, 10);
  expect(user.unconfirmed).toEqual([0, 2]);
});

test('half of the files are under 250 KB, 95 of 100 under 4 MB, none above 50 MB', () => {
  const random = createRandom('files');
  const sizes = Array.from({ length: 8_000 }, () => drawFileBytes(random)).toSorted((a, b) => a - b);
  const at = (share: number) => sizes[Math.floor(share * sizes.length)] ?? 0;
  expect(at(0.5) / 250_000).toBeCloseTo(1, 0);
  expect(at(0.95) / 4_000_000).toBeGreaterThan(0.85);
  expect(at(0.95) / 4_000_000).toBeLessThan(1.15);
  expect(at(0.999_9)).toBeLessThanOrEqual(50_000_000);
});

test('a sign-in makes a new device of its answer, asks for a refresh token and forgets what the old one knew', async () => {
  const login = { body: { type: 'm.login.password', password: 'secret' } };
  const { user, asked } = fakeUser(
    () => ({ json: { user_id: '@alice:hs1', access_token: 'new', device_id: 'NEW', refresh_token: 'r' } }),
    { login },
  );
  user.since = 'old';
  expect(await signIn(user, 0)).toBe(true);
  expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ password: 'secret', refresh_token: true });
  expect(asked[0]?.headers['authorization']).toBeUndefined();
  expect(user).toMatchObject({ deviceId: 'NEW', since: undefined, tokens: { refreshToken: 'r' } });
  expect(user.headers['authorization']).toBe('Bearer new');
});

test('without credentials nobody signs in', async () => {
  const { user, asked } = fakeUser(done);
  expect(await signIn(user, 0)).toBe(false);
  expect(asked).toEqual([]);
});

test('choices follow from run, person and name alone', () => {
  const { user } = fakeUser(done);
  expect(draw(user, 'a')).toBe(draw(fakeUser(done).user, 'a'));
  expect(draw(user, 'a')).not.toBe(draw(user, 'b'));
  const times = moments(user, 'search', 100);
  expect(times.length).toBeGreaterThan(500);
  expect(times.length).toBeLessThan(700);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});
