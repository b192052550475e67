import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { isJsonObject } from '../../lib/alteration.ts';
import { atNextRequest, beforeAnswer, type IsMeant, type Moment } from '../../lib/moment.ts';
import type { EncryptionFlow } from '../context.ts';
import { forgetful } from '../defects/weak-devices.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { read } from '../meeting.ts';
import { meetWithBrowser } from './browser-meeting.ts';

/** The homeserver throws a room key away as soon as the device has confirmed it: then it must lie on the device's disk. */
export const killSync: EncryptionFlow = {
  meta: {
    id: 'encryption.browser.kill-sync',
    title: 'Wird ein Client abgebrochen, während ein Raumschlüssel ankommt, liest er die Nachricht nach dem Neustart.',
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate', 'chromium'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging',
    standing: 'wish',
    rows: ['e2e-kill-sync'],
    attacks: [17],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice verliert beim Abbruch seine Schlüssel.',
      defect: forgetful('alice'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Der Server verändert den Geheimtext, den das Gerät im Browser empfängt.',
      defect: brokenCiphertextFor('alice'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const [lost, confirmed] = [beforeAnswer(bringsRoomKey), atNextRequest(bringsRoomKey)];
    const met = await meetWithBrowser(context, { between: (send) => lost.between(confirmed.between(send)) });
    const { bob, roomId } = met;
    let { alice } = met;
    const findings: Finding[] = [];
    for (const moment of [lost, confirmed]) {
      const message = { from: bob, roomId, text: `Mit neuem Schlüssel ${context.random.word(12)}` };
      await bob.forgetSession(roomId);
      const eventId = await sentAt(moment, () => bob.sendText(roomId, message.text));
      if (eventId === undefined) return inconclusive('void: Der Schlüssel kam beim Gerät im Browser nicht an.');
      alice = await context.killed(alice);
      await alice.waitForRoom(roomId);
      findings.push(...(await read({ ...message, to: alice, eventId })));
    }
    return outcomeOf(
      findings,
      'Entschlüsselt nach dem Abbruch, bevor die Antwort mit dem Schlüssel ankam, und nach dem, als er bestätigt war.',
    );
  },
};

const deadlineMs = 20_000;

/** Resolves when the moment has come that the sending brings about; undefined at the deadline. */
async function sentAt(moment: Moment, sending: () => Promise<string>): Promise<string | undefined> {
  moment.begin();
  const eventId = await sending();
  return (await moment.comes(deadlineMs)) ? eventId : undefined;
}

const bringsRoomKey: IsMeant = ({ url }, answer) => {
  if (!new URL(url).pathname.endsWith('/sync')) return false;
  const body = parsedJson(answer.text());
  const toDevice = isJsonObject(body) && isJsonObject(body['to_device']) ? body['to_device']['events'] : undefined;
  const events: readonly unknown[] = Array.isArray(toDevice) ? toDevice : [];
  return events.some((event) => isJsonObject(event) && event['type'] === 'm.room.encrypted');
};
