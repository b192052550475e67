import { expect, test } from 'vitest';
import { marksIn } from './room-marks.ts';

const nothing = { claimsEncryption: false, warnsOfNone: false, warnsOfIdentity: false };

test.each([
  ['- textbox "Verschlüsselte Nachricht senden …"', { ...nothing, claimsEncryption: true }],
  ['Nachrichten in diesem Raum sind Ende-zu-Ende-verschlüsselt.', { ...nothing, claimsEncryption: true }],
  ['- text: Unverschlüsselt', { ...nothing, warnsOfNone: true }],
  ['Dieser Raum ist nicht verschlüsselt.', { ...nothing, warnsOfNone: true }],
  ['Nachrichten sind nicht Ende-zu-Ende-verschlüsselt.', { ...nothing, warnsOfNone: true }],
  ['Ende-zu-Ende-Verschlüsselung ist deaktiviert', { ...nothing, warnsOfNone: true }],
  ['- text: Nicht vertrauenswürdig', { ...nothing, warnsOfIdentity: true }],
  ['Die Identität von bob hat sich geändert', { ...nothing, warnsOfIdentity: true }],
  ['- textbox "Nachricht senden …"', nothing],
])('%s', (told, marks) => {
  expect(marksIn(told)).toEqual(marks);
});
