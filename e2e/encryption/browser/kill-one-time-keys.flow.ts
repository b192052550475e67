import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { beforeAnswer, type IsMeant } from '../../lib/moment.ts';
import type { EncryptionFlow } from '../context.ts';
import { forgetful } from '../defects/weak-devices.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { deliver } from '../meeting.ts';
import { meetWithBrowser } from './browser-meeting.ts';
import { expectSameKeys, isUpload, type KeyUpload, keepingUploads } from './key-uploads.ts';

const bringsOneTimeKeys: IsMeant = (request) => isUpload(request) && String(request.body).includes('"one_time_keys"');

/** New one-time keys are with the homeserver, and the device does not know it: other keys under the same names would block every later upload. */
export const killOneTimeKeys: EncryptionFlow = {
  meta: {
    id: 'encryption.browser.kill-one-time-keys',
    title:
      'Wird ein Client abgebrochen, während er verbrauchte Einmalschlüssel ersetzt, lädt er danach keine widersprüchlichen hoch.',
    requirements: ['VE-19', 'VE-18'],
    needs: ['accounts', 'mayMutate', 'chromium'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#one-time-and-fallback-keys',
    standing: 'normative',
    rows: ['e2e-kill-upload'],
    attacks: [17],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice verliert beim Abbruch seine Schlüssel und vergibt die Kennungen von vorn.',
      defect: forgetful('alice'),
      expectFinding: 'other-one-time-key',
    },
    {
      title: 'Der Server verändert den Geheimtext, den das Gerät im Browser empfängt.',
      defect: brokenCiphertextFor('alice'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const uploads: KeyUpload[] = [];
    const moment = beforeAnswer(bringsOneTimeKeys);
    const { alice, bob, roomId } = await meetWithBrowser(context, {
      between: (send) => moment.between(keepingUploads(uploads)(send)),
    });
    moment.begin();
    await bob.claimKey(alice.userId, alice.deviceId);
    // The device learns of the claim with whatever comes next.
    await bob.sendText(roomId, `Zum Aufwachen ${context.random.word(12)}`);
    if (!(await moment.comes(deadlineMs))) return inconclusive('void: Das Gerät ersetzte keinen Einmalschlüssel.');
    const before = uploads.slice();
    const again = await context.killed(alice);
    await again.waitForRoom(roomId);
    const unread = await deliver({ from: bob, to: again, roomId, text: `Nach dem Abbruch ${context.random.word(12)}` });
    const after = uploads.slice(before.length);
    return outcomeOf(
      [...expectSameKeys(before, after), ...unread],
      `Nach dem Abbruch ${after.length}-mal Schlüssel hochgeladen, kein Widerspruch; die nächste Nachricht ist lesbar.`,
    );
  },
};

const deadlineMs = 20_000;
