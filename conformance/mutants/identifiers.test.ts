import { expect, test } from 'vitest';
import { isMxcUri } from '../../schemas/matrix/formats/mxc-uri.ts';
import { isRoomAlias } from '../../schemas/matrix/formats/room-alias.ts';
import { isRoomId } from '../../schemas/matrix/formats/room-id.ts';
import { isUserId } from '../../schemas/matrix/formats/user-id.ts';
import { malformedForms } from './identifiers.ts';

test.each<[string, (text: string) => boolean, number]>([
  ['@alice:hs1.example', isUserId, 4],
  ['!raum:[::1]:8448', isRoomId, 4],
  [`!${'A'.repeat(43)}`, isRoomId, 3],
  ['#flur:hs1.example', isRoomAlias, 4],
  ['mxc://hs1.example/bild', isMxcUri, 3],
])('%s breaks its grammar in every form', (identifier, isOfKind, count) => {
  expect(isOfKind(identifier)).toBe(true);
  const forms = malformedForms(identifier);
  expect(forms).toHaveLength(count);
  expect(forms.filter(isOfKind)).toEqual([]);
});
