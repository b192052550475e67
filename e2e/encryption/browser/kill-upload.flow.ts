import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { beforeAnswer } from '../../lib/moment.ts';
import type { EncryptionFlow } from '../context.ts';
import { forgetful } from '../defects/weak-devices.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { deliver } from '../meeting.ts';
import { meetWithBrowser } from './browser-meeting.ts';
import { expectSameKeys, isUpload, type KeyUpload, keepingUploads } from './key-uploads.ts';

/** The homeserver has the keys and the device does not know it: with other keys nobody could write to it any more. */
export const killUpload: EncryptionFlow = {
  meta: {
    id: 'encryption.browser.kill-upload',
    title:
      'Wird ein Client während oder nach dem Hochladen seiner Schlüssel abgebrochen, lädt er danach dieselben hoch und liest weiter.',
    requirements: ['VE-18', 'VE-19'],
    needs: ['accounts', 'mayMutate', 'chromium'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload',
    standing: 'normative',
    rows: ['e2e-kill-upload'],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice verliert beim Abbruch seine Schlüssel.',
      defect: forgetful('alice'),
      expectFinding: 'other-keys',
    },
    {
      title: 'Das Gerät von alice verliert beim Abbruch seine Schlüssel und vergibt die Kennungen von vorn.',
      defect: forgetful('alice'),
      expectFinding: 'upload-refused',
    },
    {
      title: 'Der Server verändert den Geheimtext, den das Gerät im Browser empfängt.',
      defect: brokenCiphertextFor('alice'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const uploads: KeyUpload[] = [];
    const moment = beforeAnswer(isUpload);
    moment.begin();
    const { alice, bob, roomId } = await meetWithBrowser(context, {
      between: (send) => moment.between(keepingUploads(uploads)(send)),
      killedAt: moment.reached,
    });
    const text = `Nach dem Abbruch ${context.random.word(12)}`;
    await deliver({ from: alice, to: bob, roomId, text });
    const [first, ...later] = uploads;
    if (first?.status !== 200) return inconclusive('void: Schon das erste Hochladen der Schlüssel gelang nicht.');
    if (later.length === 0) return inconclusive('Nach dem Abbruch lud das Gerät keine Schlüssel hoch.');
    const changed = expectSameKeys([first], later);
    if (changed.length > 0) return outcomeOf(changed, '');
    const before = await deliver({ from: bob, to: alice, roomId, text: `An den Browser ${context.random.word(12)}` });
    const done = uploads.length;
    const again = await context.killed(alice);
    await again.waitForRoom(roomId);
    const after = await deliver({ from: bob, to: again, roomId, text: `Noch einmal ${context.random.word(12)}` });
    return outcomeOf(
      [...before, ...after, ...expectSameKeys(uploads.slice(0, done), uploads.slice(done))],
      `Abbruch vor der Antwort: ${later.length}-mal dieselben Schlüssel angenommen; nach der Antwort: alles weiter lesbar.`,
    );
  },
};
