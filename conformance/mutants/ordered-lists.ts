import type { MutantPlace } from './mutant.ts';

/** Lists whose order the specification fixes: where the pattern ends, and for which paths. */
const ordered: readonly { readonly path: RegExp; readonly pattern: RegExp; readonly clause: string }[] = [
  { path: /\/sync$/, pattern: /\/timeline\/events$/, clause: '#syncing' },
  { path: /\/sync$/, pattern: /^\/to_device\/events$/, clause: '#server-behaviour-4' },
  { path: /\/messages$/, pattern: /^\/chunk$/, clause: '#get_matrixclientv3roomsroomidmessages' },
  {
    path: /\/context\/[^/]+$/,
    pattern: /^\/events_(before|after)$/,
    clause: '#get_matrixclientv3roomsroomidcontexteventid',
  },
  { path: /\/relations\//, pattern: /^\/chunk$/, clause: '#get_matrixclientv1roomsroomidrelationseventid' },
  { path: /\/threads$/, pattern: /^\/chunk$/, clause: '#get_matrixclientv1roomsroomidthreads' },
  { path: /\/hierarchy$/, pattern: /^\/rooms$/, clause: '#get_matrixclientv1roomsroomidhierarchy' },
  { path: /\/publicRooms$/, pattern: /^\/chunk$/, clause: '#get_matrixclientv3publicrooms' },
  { path: /\/notifications$/, pattern: /^\/notifications$/, clause: '#get_matrixclientv3notifications' },
  { path: /\/pushrules\//, pattern: /\/(override|content|room|sender|underride)$/, clause: '#push-rules' },
  { path: /./, pattern: /\/stages$/, clause: '#user-interactive-authentication-api' },
];

export const isOrdered = ({ operation, pattern }: Pick<MutantPlace, 'operation' | 'pattern'>): boolean =>
  ordered.some((list) => list.path.test(operation) && list.pattern.test(pattern));
