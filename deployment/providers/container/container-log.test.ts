import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { createContainerLog } from './container-log.ts';

test('all that a container writes is kept in the file, the end of it at hand', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'pruefstand-log-')), 'synapse.log');
  const log = createContainerLog(file);
  const stream = new PassThrough();
  log.take(stream);
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  stream.end(`${lines.join('\r\n')}\n`);
  await vi.waitFor(() => expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(20));
  await vi.waitFor(() => expect(log.lastLines()).toBe(lines.slice(5).join('\n')));
});
