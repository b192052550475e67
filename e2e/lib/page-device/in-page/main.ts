import { initAsync } from '@matrix-org/matrix-sdk-crypto-wasm';
import { openSdkDevice } from '../../sdk/device.ts';
import type { InPage } from '../contract.ts';
import { createHandles } from './handles.ts';
import { sendThroughBench } from './send-through-bench.ts';
import { storedEntries } from './storage.ts';

// Where it is, the library uploads files by it, past the way that the bench records and attacks.
Reflect.deleteProperty(globalThis, 'XMLHttpRequest');

/** Ends together with the page. */
const { signal } = new AbortController();

const warnings: (readonly string[])[] = [];
const handles = createHandles(() => warnings.flat());

const inPage: InPage = {
  loadCryptography: () => initAsync(),
  open: (options) =>
    handles.keep(async () => {
      const device = await openSdkDevice({ ...options, send: sendThroughBench, signal, echo: globalThis.console });
      warnings.push(device.warnings);
      return { ...device, close: () => device[Symbol.asyncDispose]() };
    }),
  call: handles.call,
  storage: storedEntries,
};

globalThis.pruefstandPage = inPage;
