import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { type Alteration, alterJson, isJsonObject } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { isReadable } from '../membership/past.ts';
import { noDevicesFor } from './key-answers.ts';

/** Each device is given keys once, and none after that. */
const handingOutOneBatch = (): Alteration => {
  const served = new Set<string>();
  return ({ device, request, answer }) => {
    if (device !== 'bob') return answer;
    const who = request.headers?.['authorization'] ?? request.headers?.['Authorization'] ?? '';
    return alterJson(answer, (object) => {
      const events = isJsonObject(object['to_device']) ? object['to_device']['events'] : undefined;
      if (!Array.isArray(events) || events.length === 0) return object;
      if (served.has(who)) return { ...object, to_device: { events: [] } };
      served.add(who);
      return object;
    });
  };
};

/** Devices ask a server that failed again after 15 s, then after twice as long. */
const attempts = 3;

/** A server of another authority is down for a while: what was said meanwhile is not lost, and newcomers find the way to it later. */
export const offlineServer: EncryptionFlow = {
  meta: {
    id: 'encryption.delivery.offline-server',
    title:
      'War der Server der Gegenseite ausgefallen, kommen Schlüssel bekannter Geräte nach, und neue Absender erreichen sie bald wieder.',
    requirements: ['VE-18'],
    needs: ['lab'],
    timeoutMs: 300_000,
    waits: 'Ein Gerät fragt einen Server, der nicht antwortete, erst nach mindestens 15 Sekunden wieder.',
    spec: 'https://spec.matrix.org/v1.19/server-server-api/#send-to-device-messaging',
    standing: 'normative',
    rows: ['e2e-offline-server'],
    attacks: [17],
  },
  counterexamples: [
    {
      title: 'Der Server liefert nach dem Ausfall keine Schlüssel mehr aus.',
      defect: handingOutOneBatch(),
      expectFinding: 'session-lost',
    },
    {
      title: 'Der Server nennt carol auch nach dem Ausfall keine Geräte.',
      defect: noDevicesFor('carol'),
      expectFinding: 'not-recovered',
    },
  ],
  run: async (context) => {
    const [near, far] = await Promise.all([context.variant('federated'), context.variant('intermittent')]);
    if (far.outage === undefined) throw new RigError('defect', 'a variant cannot be stopped');
    const [alice, carol, bob] = await Promise.all([
      near.device('alice'),
      near.device('carol'),
      far.device('bob', { stored: true }),
    ]);
    const text = () => `Über Server hinweg ${context.random.word(12)}`;
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const control = await bob.waitForMessage(roomId, await alice.sendText(roomId, text()));
    if (!isReadable(control)) return inconclusive('void: Schon vor dem Ausfall las bob keine Nachricht.');
    await bob[Symbol.asyncDispose]();
    const outage = await far.outage();
    await alice.forgetSession(roomId);
    const meanwhile = await alice.sendText(roomId, text());
    await alice.invite(roomId, carol.userId);
    await carol.joinRoom(roomId);
    await carol.sendText(roomId, text());
    await outage[Symbol.asyncDispose]();
    const again = await far.restarted(bob);
    await again.waitForRoom(roomId);
    const recovery = await untilRead(context, { from: carol, to: again, roomId });
    const state = await again.waitForMessage(roomId, meanwhile);
    const findings: Finding[] = [
      ...(isReadable(state) ? [] : [sessionLost(state.kind)]),
      ...(recovery === undefined ? [notRecovered] : []),
    ];
    return outcomeOf(
      findings,
      `Die Nachricht aus dem Ausfall wurde gelesen; carol war mit Nachricht ${recovery} danach zu lesen.`,
    );
  },
};

interface Way {
  readonly from: CryptoDevice;
  readonly to: CryptoDevice;
  readonly roomId: string;
}

/** The number of the first message that is read. */
async function untilRead({ random }: EncryptionContext, { from, to, roomId }: Way): Promise<number | undefined> {
  for (let number = 1; number <= attempts; number++) {
    const eventId = await from.sendText(roomId, `Versuch ${number} ${random.word(12)}`);
    if (isReadable(await to.waitForMessage(roomId, eventId))) return number;
  }
  return undefined;
}

const sessionLost = (kind: string): Finding => ({
  code: 'session-lost',
  title: 'Was während eines Serverausfalls an ein bekanntes Gerät gesendet wurde, bleibt dort unlesbar.',
  expected: 'Der Schlüssel kommt nach dem Ausfall an.',
  observed: kind === 'absent' ? 'Die Nachricht selbst kam nicht an.' : 'Die Nachricht ließ sich nicht entschlüsseln.',
  where: 'alice → bob, während des Ausfalls',
});

const notRecovered: Finding = {
  code: 'not-recovered',
  title: 'Wer während eines Serverausfalls dazukam, bleibt für die andere Seite unlesbar.',
  expected: `Eine der ${attempts} Nachrichten nach dem Ausfall ist zu lesen.`,
  observed: 'Keine ließ sich entschlüsseln.',
  where: 'carol → bob, nach dem Ausfall',
};
