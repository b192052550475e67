import type { Page } from 'playwright-core';
import type { BrowserStorage } from './client-driver.ts';

/** Reads what the page's origin keeps in the browser, whatever client put it there. */
export const readBrowserStorage = (page: Page): Promise<BrowserStorage> =>
  page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const recordsIn = async (name: string) => {
      const database = await settled(indexedDB.open(name));
      const stores = [...database.objectStoreNames];
      const counts = stores.map((store) => settled(database.transaction(store).objectStore(store).count()));
      const total = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
      database.close();
      return [name, total] as const;
    };
    const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
    const databases = await Promise.all(names.map(recordsIn));
    return {
      databases: Object.fromEntries(databases.filter(([, records]) => records > 0)),
      entries: {
        ...Object.fromEntries(Object.entries(sessionStorage)),
        ...Object.fromEntries(Object.entries(localStorage)),
      },
    };
  });
