import type { BrowserStorage } from '../../clients/client-driver.ts';

/** Databases of the library for keys, by the names it gives them, that hold anything. */
export const keyStores = ({ databases }: BrowserStorage): readonly string[] =>
  Object.keys(databases)
    .filter((name) => /crypto/i.test(name))
    .toSorted();

/** Entries of the text storage that hold what looks like a key: 32 bytes in base64, alone or as a part. Ids of rooms and events look alike behind their sign. */
export const openKeys = ({ entries }: BrowserStorage): readonly string[] =>
  Object.entries(entries)
    .filter(([, value]) => /(^|[^A-Za-z0-9+/_$!-])[A-Za-z0-9+/]{43}=?($|[^A-Za-z0-9+/=_-])/.test(value))
    .map(([name]) => name)
    .toSorted();
