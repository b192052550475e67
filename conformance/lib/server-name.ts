import type { Target } from '../../core/model/target.ts';

/** Documents found by the server's name are only to be expected where the homeserver answers under that name itself. */
export const isServedByName = ({ homeserverUrl, serverName }: Target): boolean =>
  new URL(homeserverUrl).host === serverName;

/** The server behind a user id. */
export const serverOf = (userId: string): string => userId.split(':').slice(1).join(':');
