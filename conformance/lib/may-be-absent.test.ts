import { expect, test } from 'vitest';
import { mayBeAbsent } from './may-be-absent.ts';

test.each([
  ['an operation every homeserver has', { id: 'getJoinedRooms' }, false],
  ['one that is switched off with a setting', { id: 'getUrlPreviewAuthed', added: '1.11' }, true],
  ['one the reference homeserver does not have', { id: 'getAdminLockUser', added: '1.18' }, true],
  ['one newer than the homeserver claims to be', { id: 'getMutualRooms', added: '1.19' }, true],
  ['one as old as it claims to be', { id: 'reportUser', added: '1.15' }, false],
] as const)('%s', (_name, operation, isExcused) => {
  expect(mayBeAbsent(operation, '1.15')).toBe(isExcused);
});
