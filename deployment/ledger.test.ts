import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Creation, ledgerFile, openLedger } from './ledger.ts';

const session: Creation = { kind: 'session', userId: '@alice:hs1', deviceId: 'ABC' };
const room: Creation = { kind: 'room', userId: '@alice:hs1', roomId: '!r:hs1' };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pruefstand-test-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return join(path, 'run');
}

test('what was made and not removed is open, also for another process', () => {
  const runFolder = folder();
  const ledger = openLedger(runFolder);
  ledger.made(session);
  ledger.made(room);
  ledger.removed(session);
  expect(openLedger(runFolder).open()).toEqual([room]);
});

test('a line that a kill cut off is no entry', () => {
  const runFolder = folder();
  const ledger = openLedger(runFolder);
  ledger.made(room);
  appendFileSync(join(runFolder, ledgerFile), '{"verb":"made","crea');
  expect(ledger.open()).toEqual([room]);
});

test('a run that made nothing has an empty ledger', () => {
  expect(openLedger(folder()).open()).toEqual([]);
});
