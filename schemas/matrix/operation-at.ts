import type { Api } from './api.ts';
import { loadOperations, type Operation } from './operations.ts';

/** Whom an address of a homeserver is for: other homeservers, or clients. */
export const apiAt = (path: string): Extract<Api, 'client-server' | 'server-server'> =>
  /^\/_matrix\/(federation|key)\//.test(path) ? 'server-server' : 'client-server';

/** The operation a homeserver is asked for by anybody. */
export const operationAt = (method: string, path: string): Operation | undefined =>
  loadOperations(apiAt(path)).match(method, path);
