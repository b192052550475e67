import 'fake-indexeddb/auto';
import { IndexedDBStore } from 'matrix-js-sdk';

/** Rooms as a device last saw them: without it a restarted device would see everything happen again. */
export async function openSyncedState(name: string): Promise<IndexedDBStore> {
  const store = new IndexedDBStore({ indexedDB: globalThis.indexedDB, dbName: `${name} rooms` });
  await store.startup();
  return store;
}
