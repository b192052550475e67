import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMediaMount } from './media-mount.ts';

const directory = () => mkdtempSync(join(tmpdir(), 'pruefstand-media-'));

test('the homeserver is the person that runs the bench, whatever is masked', async () => {
  const before = process.umask(0o077);
  try {
    const { folder, user } = await createMediaMount(directory(), { user: 1000, group: 100 });
    expect(user).toBe('1000:100');
    expect(statSync(folder).mode & 0o777).toBe(0o777);
  } finally {
    process.umask(before);
  }
});

test('it is never root', async () => {
  expect((await createMediaMount(directory(), { user: 0, group: 0 })).user).toBe('65534:65534');
});
