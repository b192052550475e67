import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, alterJson } from '../../lib/alteration.ts';
import type { CryptoDevice, HistoryVisibility } from '../../lib/crypto-device.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { deliver } from '../meeting.ts';
import { sessionsOf } from '../sessions.ts';
import { keysTo } from '../trust/withheld.ts';
import { expectNoPastKey } from './held-keys.ts';

interface Rule {
  /** German, names the room in findings. */
  readonly what: string;
  readonly history: HistoryVisibility;
  /** Set when the message that must stay closed was sent. */
  readonly opened?: HistoryVisibility;
  /** Whether the past may be shared at all. */
  readonly mayShare: boolean;
}

const rules: readonly Rule[] = [
  { what: 'history_visibility shared', history: 'shared', mayShare: true },
  { what: 'history_visibility world_readable', history: 'world_readable', mayShare: true },
  { what: 'history_visibility invited', history: 'invited', mayShare: false },
  { what: 'history_visibility joined', history: 'joined', mayShare: false },
  { what: 'history_visibility joined, später shared', history: 'joined', opened: 'shared', mayShare: false },
];

/** The homeserver tells alice that the past stands open, whatever the room lays down. */
const openHistoryToldTo =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person
      ? alterJson(answer, (object) =>
          object['type'] === 'm.room.history_visibility'
            ? { ...object, content: { history_visibility: 'shared' } }
            : object,
        )
      : answer;

/** Sends keys with every invitation, without asking what the room lays down. */
const givingWithInvitation = (device: CryptoDevice): Partial<CryptoDevice> => ({
  invite: async (roomId, userId) => {
    const devices = await device.devicesOf(userId);
    const content = { algorithm: 'm.olm.v1.curve25519-aes-sha2' };
    const messages = { [userId]: Object.fromEntries(devices.map((deviceId) => [deviceId, content])) };
    await device.askPastLibrary('PUT', `/sendToDevice/m.room.encrypted/einladung${encodeURIComponent(roomId)}`, {
      messages,
    });
    await device.invite(roomId, userId);
  },
});

/** Who comes later reads of the past what the room lays down, and no more. */
export const historyRule: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.history-rule',
    title: 'Wer eingeladen wird, bekommt Schlüssel zum Verlauf nur, wenn der Raum es vorsieht.',
    requirements: ['VE-13'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 180_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#sharing-keys-between-users',
    standing: 'normative',
    rows: ['e2e-history-sharing'],
    attacks: [8],
  },
  counterexamples: [
    {
      title: 'Der Server gibt alice vor, der Verlauf stehe offen.',
      defect: openHistoryToldTo('alice'),
      expectFinding: 'past-key-given',
    },
    {
      title: 'Das Gerät von alice gibt mit jeder Einladung Schlüssel.',
      defect: { person: 'alice', skips: 'closedPast', weakened: givingWithInvitation },
      expectFinding: 'shared-against-rule',
    },
  ],
  run: async (context) => {
    const [alice, bob] = await Promise.all([context.device('alice'), context.device('bob')]);
    const findings: Finding[] = [];
    const shared: string[] = [];
    for (const rule of rules) {
      const invited = await inviteUnder(context, { alice, bob, rule });
      if (invited === undefined)
        return inconclusive(`void: ${rule.what}: Nach dem Beitritt kam keine Nachricht lesbar an.`);
      if (invited.isPastReadable) shared.push(rule.what);
      if (!rule.mayShare) findings.push(...invited.findings);
    }
    return outcomeOf(
      findings,
      shared.length === 0
        ? 'Das Gerät teilt in keinem Raum den Verlauf.'
        : `Geteilt wurde der Verlauf nur in Räumen mit ${shared.join(' und ')}.`,
    );
  },
};

interface Invitation {
  readonly alice: CryptoDevice;
  readonly bob: CryptoDevice;
  readonly rule: Rule;
}

interface Invited {
  readonly isPastReadable: boolean;
  readonly findings: readonly Finding[];
}

async function inviteUnder(context: EncryptionContext, { alice, bob, rule }: Invitation): Promise<Invited | undefined> {
  const { what, history, opened } = rule;
  const name = `Prüfraum ${context.random.word(12)}`;
  const roomId = await alice.createEncryptedRoom({ name, invite: [], history });
  await alice.sendText(roomId, `Vor der Einladung ${context.random.word(12)}`);
  const [sessionId] = sessionsOf(context, alice, roomId);
  if (opened !== undefined) {
    await alice.setHistoryVisibility(roomId, opened);
    await alice.waitForHistoryVisibility(roomId, opened);
  }
  const since = context.wire.deliveries.length;
  await alice.invite(roomId, bob.userId);
  const given = keysTo(context, { from: alice, to: bob, since });
  await bob.joinRoom(roomId);
  await alice.waitForMember(roomId, bob.userId);
  const control = await deliver({ from: alice, to: bob, roomId, text: `Nach dem Beitritt ${context.random.word(12)}` });
  if (control.length > 0 || sessionId === undefined) return undefined;
  const past = await expectNoPastKey({ holder: bob, sessionId, sentBefore: 1, where: what });
  return {
    isPastReadable: past.length > 0,
    // A bundle may hold only what was sent since the room was opened.
    findings: [...past, ...(given === 0 || opened !== undefined ? [] : [sharedAgainstRule(given, what)])],
  };
}

const sharedAgainstRule = (count: number, where: string): Finding => ({
  code: 'shared-against-rule',
  title: 'Mit der Einladung gehen Schlüssel auf die Reise, obwohl der Raum seinen Verlauf nicht öffnet.',
  expected: 'Vor dem Beitritt bekommt die eingeladene Person keine Schlüssel zum Verlauf.',
  observed: `${count} verschlüsselte Nachrichten an ihr Gerät.`,
  where,
});
