import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type JournalHead, openProvisioningJournal, readProvisioningJournal } from './provisioning-journal.ts';

const head: JournalHead = { homeserverUrl: 'https://hs1', login: 'admin-token', users: 2, roomsHash: 'abc' };
const session = { userId: '@alice:hs1', deviceId: 'D', accessToken: 'secret' };

function file(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pruefstand-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'people.ndjson');
}

function filled(path: string): void {
  using journal = openProvisioningJournal(head, path);
  journal.note({ type: 'account', user: 0, userId: session.userId });
  journal.note({ type: 'session', user: 0, session });
  journal.note({ type: 'room', room: 3, roomId: '!r:hs1' });
  journal.note({ type: 'joined', room: 3, user: 1 });
}

test('what was prepared is there for the next call, and for whoever tidies up', () => {
  const path = file();
  filled(path);
  using journal = openProvisioningJournal(head, path);
  for (const prepared of [journal.prepared, readProvisioningJournal(path).prepared]) {
    expect([...prepared.accounts]).toEqual([[0, '@alice:hs1']]);
    expect([...prepared.sessions]).toEqual([[0, session]]);
    expect([...prepared.rooms]).toEqual([[3, '!r:hs1']]);
    expect([...prepared.joined]).toEqual(['3 1']);
  }
});

test('a line that a kill cut off is no entry', () => {
  const path = file();
  filled(path);
  appendFileSync(path, '{"type":"account","us');
  using journal = openProvisioningJournal(head, path);
  expect(journal.prepared.accounts.size).toBe(1);
  journal.note({ type: 'account', user: 1, userId: '@bob:hs1' });
  expect(readProvisioningJournal(path).prepared.accounts.size).toBe(2);
});

test('only we can read the access tokens', () => {
  const path = file();
  filled(path);
  expect(statSync(path).mode & 0o077).toBe(0);
});

test.each([
  [{ homeserverUrl: 'https://hs2' }, 'homeserverUrl: https://hs1, not https://hs2'],
  [{ users: 3 }, 'users: 2, not 3'],
  [{ roomsHash: 'abd' }, 'roomsHash: abc, not abd'],
  [{ login: 'password' }, 'login: admin-token, not password'],
])('a file of another preparation is refused: %o', (other, message) => {
  const path = file();
  filled(path);
  expect(() => openProvisioningJournal({ ...head, ...other }, path)).toThrow(message);
});

test('any other file is refused by name', () => {
  const path = file();
  writeFileSync(path, 'no json\n');
  expect(() => openProvisioningJournal(head, path)).toThrow(`${path} is no file of prepared people; name another one.`);
  writeFileSync(path, '{"a":1}\n');
  expect(() => openProvisioningJournal(head, path)).toThrow('prepared for something else');
  expect(() => readProvisioningJournal(path)).toThrow('is no file of prepared people');
});
