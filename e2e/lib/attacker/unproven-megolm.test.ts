import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { createMegolmSession } from './megolm-session.ts';
import { messageIn } from './payloads.ts';
import { readUnproven } from './unproven-megolm.ts';

const withOtherByte = (ciphertext: string, place: number) => {
  const bytes = Buffer.from(ciphertext, 'base64');
  const index = place < 0 ? bytes.length + place : place;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes.toString('base64');
};

it('opens every message of a session, whatever proves it', () => {
  const session = createMegolmSession();
  const [first, second] = ['Erste', 'Zweite'].map((text) => messageIn(session, '!anderer:raum', text).ciphertext);
  expect(readUnproven(first ?? '', session.exportedKey)).toBe('Erste');
  expect(readUnproven(second ?? '', session.exportedKey)).toBe('Zweite');
  for (const place of [0, -1, -70]) {
    expect(readUnproven(withOtherByte(second ?? '', place), session.exportedKey)).toBe('Zweite');
  }
});

it('shows what becomes of a changed ciphertext', () => {
  const session = createMegolmSession();
  const { ciphertext } = messageIn(session, '!r:hs', 'Ein Text von einiger Länge, der nicht in einen Block passt');
  const shown = readUnproven(withOtherByte(ciphertext, 40), session.exportedKey);
  expect(shown).toContain('Block passt');
});
