import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, alterJson } from '../../lib/alteration.ts';
import type { ClaimedKey } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { read } from '../meeting.ts';
import { claimAll } from './claim-all.ts';

/** The homeserver hands out keys without the mark that they are kept for the case of need. */
const noFallback: Alteration = ({ request, answer }) =>
  request.url.includes('/keys/claim')
    ? alterJson(answer, (object) => (object['fallback'] === true ? undefined : object))
    : answer;

/** The homeserver hands out every one-time key under the same name. */
const sameKeyAgain: Alteration = ({ device, request, answer }) =>
  device === 'dora' && request.url.includes('/keys/claim')
    ? alterJson(answer, (object) => {
        const [id, ...more] = Object.keys(object);
        const isKey = id?.startsWith('signed_curve25519:') && more.length === 0;
        return isKey ? { 'signed_curve25519:AAAAAAAAAA0': Object.values(object)[0] } : object;
      })
    : answer;

/** Bob's device is off, and somebody has used up all its one-time keys: two people can still begin to write to it. */
export const otkExhaust: EncryptionFlow = {
  meta: {
    id: 'encryption.delivery.otk-exhaust',
    title:
      'Sind alle Einmalschlüssel verbraucht, gelingt der Sitzungsaufbau mit dem Ersatzschlüssel, auch von zwei Seiten.',
    requirements: ['VE-19', 'VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#one-time-and-fallback-keys',
    standing: 'normative',
    rows: ['e2e-otk-exhaust'],
    attacks: [14],
  },
  counterexamples: [
    { title: 'Der Server gibt keinen Ersatzschlüssel heraus.', defect: noFallback, expectFinding: 'no-fallback' },
    {
      title: 'Der Server gibt denselben Einmalschlüssel mehrfach heraus.',
      defect: sameKeyAgain,
      expectFinding: 'given-twice',
    },
  ],
  run: async (context) => {
    const [alice, bob, carol, dora] = await Promise.all([
      context.device('alice'),
      context.device('bob', { stored: true }),
      context.device('carol'),
      context.device('dora'),
    ]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId, carol.userId] });
    await Promise.all([bob.joinRoom(roomId), carol.joinRoom(roomId)]);
    await Promise.all([alice, carol].map((device) => device.waitForMember(roomId, bob.userId)));
    await bob[Symbol.asyncDispose]();
    const claimed = await claimAll(dora, bob);
    const given = claimed.filter(({ isFallback }) => !isFallback);
    if (given.length === 0) return inconclusive('void: Der Server gab keinen einzigen Einmalschlüssel heraus.');
    const keyFindings = [...expectFallback(claimed), ...expectOnce(given)];
    if (keyFindings.length > 0) return outcomeOf(keyFindings, '');
    const messages = [];
    for (const from of [alice, carol]) {
      const text = `Über den Ersatzschlüssel ${context.random.word(12)}`;
      messages.push({ from, text, eventId: await from.sendText(roomId, text) });
    }
    const again = await context.restarted(bob);
    await again.waitForRoom(roomId);
    const findings: Finding[] = [];
    for (const message of messages) findings.push(...(await read({ ...message, to: again, roomId })));
    return outcomeOf(
      findings,
      `${given.length} Einmalschlüssel verbraucht, jeder einmal; danach beide Nachrichten entschlüsselt.`,
    );
  },
};

const expectFallback = (claimed: readonly ClaimedKey[]): readonly Finding[] =>
  claimed.at(-1)?.isFallback
    ? []
    : [
        {
          code: 'no-fallback',
          title: 'Sind die Einmalschlüssel verbraucht, gibt der Server keinen Ersatzschlüssel heraus.',
          expected: 'Nach dem letzten Einmalschlüssel kommt der Ersatzschlüssel.',
          observed: `Nach ${claimed.length} Schlüsseln kam keiner mehr, der als Ersatzschlüssel bezeichnet ist.`,
          where: '/keys/claim',
        },
      ];

const expectOnce = (given: readonly ClaimedKey[]): readonly Finding[] => {
  const ids = new Set(given.map(({ keyId }) => keyId));
  return ids.size === given.length
    ? []
    : [
        {
          code: 'given-twice',
          title: 'Der Server gibt denselben Einmalschlüssel mehr als einmal heraus.',
          expected: 'Jeder Einmalschlüssel wird höchstens einmal herausgegeben.',
          observed: `${given.length} herausgegebene Schlüssel, davon nur ${ids.size} verschiedene.`,
          where: '/keys/claim',
        },
      ];
};
