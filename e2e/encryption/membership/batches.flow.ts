import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { alterJson } from '../../lib/alteration.ts';
import type { LightRecipient } from '../../lib/light-recipient.ts';
import type { EncryptionDefect, EncryptionFlow } from '../context.ts';
import { renewingAlways } from '../defects/weak-devices.ts';

const recipients = 120;

/** At least so many fit into one request. */
const smallestBatch = 100;

const messages = 3;

const hidingOneDevice: EncryptionDefect = ({ device, request, answer }) =>
  device === 'alice' && request.url.includes('/keys/query')
    ? alterJson(answer, (object) => {
        const devices = Object.entries(object);
        const isList = devices.length === recipients && devices.every(([id]) => /^[A-Z]+$/.test(id));
        return isList ? Object.fromEntries(devices.slice(1)) : object;
      })
    : answer;

/** Each key would cost the server as many requests as there are devices, and twice that many answers. */
export const batches: EncryptionFlow = {
  meta: {
    id: 'encryption.membership.batches',
    title: `Ein Sitzungsschlüssel geht an ${recipients} Geräte in Bündeln von mindestens ${smallestBatch} hinaus und kommt bei jedem an.`,
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 180_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3sendtodeviceeventtypetxnid',
    standing: 'wish',
    rows: ['e2e-group'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt alice eines der Geräte.',
      defect: hidingOneDevice,
      expectFinding: 'key-missing',
    },
    {
      title: 'Der Server verliert, was an eines der Geräte geht.',
      defect: ({ device, answer }) =>
        device === 'verteiler (7)'
          ? alterJson(answer, (object) => ('to_device' in object ? { ...object, to_device: { events: [] } } : object))
          : answer,
      expectFinding: 'key-missing',
    },
    {
      title: 'Das Gerät von alice nimmt für jede Nachricht einen neuen Schlüssel.',
      defect: renewingAlways('alice'),
      expectFinding: 'not-bundled',
    },
  ],
  run: async (context) => {
    const alice = await context.device('alice');
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [], isPublic: true });
    const crowd = await context.lightRecipients('verteiler', recipients, roomId);
    const [first] = crowd;
    if (first === undefined) return inconclusive('void: Es gibt keine Empfänger.');
    await alice.waitForMember(roomId, first.userId);
    for (let sent = 0; sent < messages; sent++) await alice.sendText(roomId, `An alle ${context.random.word(12)}`);
    const sizes = context.wire.deliveries
      .filter(({ device, type }) => device === alice.person && type === 'm.room.encrypted')
      .map((delivery) => delivery.recipients.length);
    if (sizes.length === 0) return inconclusive('void: Auf dem Draht war keine Verteilung eines Schlüssels zu sehen.');
    return outcomeOf(
      [...expectBundled(sizes), ...(await expectEverywhere(crowd))],
      `${recipients} Geräte bekamen den Schlüssel; Empfänger je Anfrage: ${sizes.join(', ')}.`,
    );
  },
};

const expectBundled = (sizes: readonly number[]): readonly Finding[] =>
  sizes.length <= Math.ceil(recipients / smallestBatch)
    ? []
    : [
        {
          code: 'not-bundled',
          title: 'Ein Sitzungsschlüssel geht in mehr Anfragen hinaus als nötig.',
          expected: `${recipients} Geräte in höchstens ${Math.ceil(recipients / smallestBatch)} Anfragen.`,
          observed: `Anfragen mit ${sizes.join(', ')} Empfängern.`,
          where: 'alice, sendToDevice',
        },
      ];

const atOnce = 10;

async function expectEverywhere(crowd: readonly LightRecipient[]): Promise<readonly Finding[]> {
  const missing: string[] = [];
  for (let from = 0; from < crowd.length; from += atOnce) {
    const some = crowd.slice(from, from + atOnce);
    const counts = await Promise.all(some.map((one) => one.countWaiting()));
    missing.push(...some.flatMap(({ deviceId }, index) => (counts[index] === 0 ? [deviceId] : [])));
  }
  return missing.length === 0
    ? []
    : [
        {
          code: 'key-missing',
          title: 'Nicht jedes Gerät bekommt den Sitzungsschlüssel.',
          expected: `Auf jedes der ${crowd.length} Geräte wartet eine verschlüsselte Nachricht.`,
          observed: `Auf ${missing.length} wartet keine.`,
          where: 'verteiler, /sync',
        },
      ];
}
