import 'fake-indexeddb/auto';
import { IndexedDBStore } from 'matrix-js-sdk';

/** Rooms as a device last saw them: without it a restarted device would see everything happen again. Started once the client has it. */
export const createSyncedState = (name: string): IndexedDBStore =>
  new IndexedDBStore({ indexedDB: globalThis.indexedDB, dbName: `${name} rooms` });
