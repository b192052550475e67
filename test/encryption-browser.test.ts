import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launchDevicePage, type OpenPageDeviceOptions } from '../e2e/lib/page-device/open-page-device.ts';
import { cryptographyPath, type PageFile, type PageFiles, pageFiles } from '../e2e/lib/page-device/page-files.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';

const { chromium } = toolsHere();
const missing = requireParts({ chromium });

const bytes = (text: string) => new TextEncoder().encode(text);

describe.skipIf(missing !== undefined)(`a device in a browser${missing === undefined ? '' : ` (${missing})`}`, () => {
  const launch = (files: PageFiles, stepMs?: number) =>
    launchDevicePage({
      person: 'alice',
      session: { userId: '@alice:hs.example', deviceId: 'ALICE', accessToken: 'token' },
      homeserverUrl: 'https://hs.example',
      send: () => Promise.reject(new Error('nobody is asked before the page is ready')),
      signal: new AbortController().signal,
      deadlineMs: 1_000,
      isFirst: true,
      executablePath: String(chromium),
      directory: mkdtempSync(join(process.env['TMPDIR'] ?? '/tmp', 'device-')),
      files,
      ...(stepMs !== undefined && { stepMs }),
    } satisfies OpenPageDeviceOptions);

  const filesWith = async (path: string, file?: PageFile): Promise<PageFiles> => {
    const files = new Map(await pageFiles());
    files.delete(path);
    return file === undefined ? files : files.set(path, file);
  };

  test.each([
    ['cryptography that is missing', cryptographyPath, undefined, 'die Kryptografie laden'],
    [
      'cryptography that is broken',
      cryptographyPath,
      { contentType: 'application/wasm', bytes: bytes('\0asm no more') },
      'die Kryptografie laden',
    ],
    ['a program that is missing', '/main.js', undefined, 'die Seite laden'],
    [
      'a page that never gets ready',
      '/main.js',
      { contentType: 'text/javascript', bytes: bytes('export {};') },
      'die Seite laden',
    ],
    [
      'cryptography that never gets ready',
      '/main.js',
      {
        contentType: 'text/javascript',
        bytes: bytes('globalThis.pruefstandPage = { loadCryptography: () => new Promise(() => {}) };'),
      },
      'die Kryptografie laden',
    ],
  ])('%s is told by the step, within its deadline', async (_name, path, file, step) => {
    const stepMs = 8_000;
    const startedAt = Date.now();
    const launched = launch(await filesWith(path, file), stepMs);
    await expect(launched).rejects.toMatchObject({ code: 'toolFailed', text: { de: expect.stringContaining(step) } });
    // Starting and closing the browser come on top, and the machine may be busy.
    expect(Date.now() - startedAt).toBeLessThan(3 * stepMs + 20_000);
  });
});
