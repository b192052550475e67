import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { attackedBy } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { catchUp, deliver } from '../meeting.ts';
import { sessionsOf } from '../sessions.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { expectNoKeys, keysTo } from '../trust/withheld.ts';
import { expectNoPastKey, fromTheStart } from './held-keys.ts';
import { alterJoinedRoom, joinOf, tellingOnce } from './synced-room.ts';

/** Gives whoever joined something at once, before anybody wrote a message. */
const givingAtOnce = (device: CryptoDevice): Partial<CryptoDevice> => ({
  waitForText: async (roomId, text) => {
    const sender = await device.waitForText(roomId, text);
    const content = { algorithm: 'm.olm.v1.curve25519-aes-sha2' };
    const messages = Object.fromEntries((await device.membersOf(roomId)).map((userId) => [userId, { '*': content }]));
    await device.askPastLibrary('PUT', '/sendToDevice/m.room.encrypted/sofort', { messages });
    return sender;
  },
});

/** Begins a new key when it is to be for signed devices only, and gives it to all the same. */
const givingEverybody = (device: CryptoDevice): Partial<CryptoDevice> => {
  let isStrict = false;
  return {
    sendOnlyToSigned: (only) => {
      isStrict = only;
    },
    sendText: async (roomId, text) => {
      if (isStrict) await device.forgetSession(roomId);
      return device.sendText(roomId, text);
    },
  };
};

/** Who is in a room is the homeserver's word alone: what it adds must be seen, and gets nothing of what was. */
export const addedMember: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.added-member',
    title:
      'Schiebt der Server jemanden in einen Raum ein, ist der Beitritt vor der nächsten Nachricht zu sehen, und nichts Früheres wird preisgegeben.',
    requirements: ['VE-12', 'VE-13'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#recommended-client-behaviour',
    standing: 'wish',
    attacks: [1],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice zeigt den Beitritt nicht.',
      defect: { person: 'alice', skips: 'visibleChange', weakened: () => ({ showsJoinOf: async () => false }) },
      expectFinding: 'join-unseen',
    },
    {
      title: 'Das Gerät von alice gibt der eingeschobenen Person sofort Schlüssel.',
      defect: { person: 'alice', skips: 'exclusion', weakened: givingAtOnce },
      expectFinding: 'given-unasked',
    },
    {
      title: 'Die eingeschobene Person erhält den Schlüssel von seinem Anfang an.',
      defect: {
        person: 'mallory',
        skips: 'closedPast',
        weakened: ({ exportRoomKeys }) => ({
          exportRoomKeys: async () => (await exportRoomKeys()).map(fromTheStart),
        }),
      },
      expectFinding: 'past-key-given',
    },
    {
      title: 'Das Gerät von alice gibt einen neuen Schlüssel auch nicht unterschriebenen Geräten.',
      defect: { person: 'alice', skips: 'exclusion', weakened: givingEverybody },
      expectFinding: 'keys-sent',
    },
  ],
  run: async (context) => {
    const mallory = await context.device('mallory');
    const phantom = await context.device('mallory', { name: 'nicht unterschrieben' });
    let attackedRoom = '';
    const addMallory = tellingOnce(() => joinOf(mallory.userId));
    const attack = createSwitchedAttack((seen) => alterJoinedRoom(seen, attackedRoom, addMallory));
    const [alice, bob] = await Promise.all([
      context.device('alice', { between: attackedBy(attack.alteration) }),
      context.device('bob'),
    ]);
    const roomId = await alice.createEncryptedRoom({
      name: `Prüfraum ${context.random.word(12)}`,
      invite: [bob.userId],
    });
    attackedRoom = roomId;
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const text = () => `Prüfnachricht ${context.random.word(12)}`;
    const honest = await deliver({ from: alice, to: bob, roomId, text: text() });
    const [sessionId] = sessionsOf(context, alice, roomId);
    if (honest.length > 0 || sessionId === undefined || keysFor(context, alice, mallory, 0) > 0)
      return inconclusive('void: Schon ohne Angriff kam die Nachricht nicht an, oder Fremde bekamen Schlüssel.');

    attack.start();
    const before = context.wire.deliveries.length;
    if (!(await catchUp(context, { alice, carol: bob, roomId }))) return inconclusive('alice empfing nichts mehr.');
    const isShown = await alice.showsJoinOf(roomId, mallory.userId);
    const atOnce = keysFor(context, alice, mallory, before);
    await alice.sendText(roomId, text());
    const afterwards = keysFor(context, alice, mallory, before) - atOnce;
    const current = sessionsOf(context, alice, roomId).at(-1) ?? sessionId;
    if (afterwards > 0) await mallory.waitForRoomKey(roomId, current);

    alice.sendOnlyToSigned(true);
    const strict = context.wire.deliveries.length;
    await alice.sendText(roomId, text());
    return outcomeOf(
      [
        ...(isShown || afterwards === 0 ? [] : [joinUnseen]),
        ...(atOnce === 0 ? [] : [givenUnasked(atOnce)]),
        ...(await expectNoPastKey({ holder: mallory, sessionId, sentBefore: 1, where: 'alice → mallory' })),
        ...expectNoKeys(
          keysTo(context, { from: alice, to: phantom, since: strict }),
          'alice → mallory, nicht unterschrieben',
        ),
      ],
      `Der Beitritt ist ${isShown ? '' : 'nicht '}zu sehen; frühere Schlüssel bleiben verschlossen; ein nicht unterschriebenes Gerät bekommt nichts. Verbleibendes Risiko: ${residualRisk(afterwards)}`,
    );
  },
};

const residualRisk = (keys: number) =>
  keys === 0
    ? 'keines beobachtet, die eingeschobene Person bekam auch für die nächste Nachricht keinen Schlüssel.'
    : 'Wer den Beitritt nicht beachtet, sendet weiter, und die eingeschobene Person kann ab dann mitlesen.';

/** Messages with keys, or anything else encrypted, to any device of that person. */
const keysFor = ({ wire }: EncryptionContext, from: CryptoDevice, to: CryptoDevice, since: number): number =>
  wire.deliveries
    .slice(since)
    .filter(
      ({ device, type, recipients }) =>
        device === from.person && type === 'm.room.encrypted' && recipients.some(({ userId }) => userId === to.userId),
    ).length;

const joinUnseen: Finding = {
  code: 'join-unseen',
  title: 'Jemand bekommt Schlüssel, ohne dass sein Beitritt zu sehen ist.',
  expected: 'Der Beitritt ist vor der nächsten Nachricht im Verlauf und unter den Mitgliedern zu sehen.',
  observed: 'Der Beitritt ist nicht zu sehen, und die nächste Nachricht ging auch an die eingeschobene Person.',
  where: 'm.room.member',
};

const givenUnasked = (count: number): Finding => ({
  code: 'given-unasked',
  title: 'Eine eingeschobene Person bekommt Schlüssel, noch bevor jemand eine Nachricht schreibt.',
  expected: 'Bis zur nächsten Nachricht bekommt sie nichts.',
  observed: `${count} verschlüsselte Nachrichten an ihre Geräte.`,
  where: 'sendToDevice',
});
