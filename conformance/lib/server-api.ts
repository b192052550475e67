import type { Answer } from './answer.ts';

/** Whether an address is for other homeservers: the server-server API holds there. */
export const isForServers = ({ path }: Pick<Answer, 'path'>): boolean => /^\/_matrix\/(federation|key)\//.test(path);

/** Address of a section of the server-server API in the edition the suite stands on. */
export const serverClause = (anchor: string): string => `https://spec.matrix.org/v1.19/server-server-api/#${anchor}`;
