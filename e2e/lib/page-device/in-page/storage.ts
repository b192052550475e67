import type { StoredEntry } from '../../crypto-device.ts';

/** All that the page left on the disk and in its session, databases of the library included. */
export async function storedEntries(): Promise<readonly StoredEntry[]> {
  const databases = await indexedDB.databases();
  const records = await Promise.all(databases.map(({ name }) => (name === undefined ? [] : recordsOf(name))));
  const cookies = document.cookie === '' ? [] : [{ place: 'cookie', text: document.cookie }];
  return [
    ...webStorage('localStorage', localStorage),
    ...webStorage('sessionStorage', sessionStorage),
    ...cookies,
    ...records.flat(),
  ];
}

const webStorage = (place: string, storage: Storage): readonly StoredEntry[] =>
  Object.entries(storage).map(([key, value]) => ({ place: `${place} ${key}`, text: String(value) }));

async function recordsOf(name: string): Promise<readonly StoredEntry[]> {
  const database = await done(indexedDB.open(name));
  try {
    const stores = [...database.objectStoreNames];
    if (stores.length === 0) return [];
    const transaction = database.transaction(stores, 'readonly');
    const all = await Promise.all(
      stores.map(async (store) => {
        const values: readonly unknown[] = await done(transaction.objectStore(store).getAll());
        return values.map((value) => ({ place: `IndexedDB ${name}/${store}`, text: spelled(value) }));
      }),
    );
    return all.flat();
  } finally {
    database.close();
  }
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** All texts and bytes of a value, bytes as one character each. */
function spelled(value: unknown): string {
  if (value instanceof ArrayBuffer) return latin1(new Uint8Array(value));
  if (value instanceof Uint8Array) return latin1(value);
  if (Array.isArray(value)) return value.every(isByte) ? latin1(value) : value.map(spelled).join('\n');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, member]) => `${key}: ${spelled(member)}`)
    .join('\n');
}

const isByte = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 256;

const latin1 = (bytes: Iterable<number>) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
