import { describe, expect, it } from 'vitest';
import { encryptedFile, openedFile } from './file-encryption.ts';

const content = new TextEncoder().encode('Künstlicher Inhalt einer Datei');

describe('encryptedFile', () => {
  it('opens to what was encrypted', async () => {
    const { ciphertext, opening } = await encryptedFile(content);
    expect(ciphertext).not.toEqual(content);
    expect(await openedFile(ciphertext, opening)).toEqual({ kind: 'opened', bytes: content });
  });

  it('stays closed when one byte was changed', async () => {
    const { ciphertext, opening } = await encryptedFile(content);
    ciphertext[3] = (ciphertext[3] ?? 0) ^ 1;
    expect(await openedFile(ciphertext, opening)).toEqual({ kind: 'refused', reason: 'sha256' });
  });

  it('opens what the specification gives as the form: 16 bytes of counter, the second half zero', async () => {
    const { opening } = await encryptedFile(content);
    const counter = Buffer.from(opening.iv, 'base64');
    expect(counter).toHaveLength(16);
    expect([...counter.subarray(8)]).toEqual(Array.from({ length: 8 }, () => 0));
  });
});
