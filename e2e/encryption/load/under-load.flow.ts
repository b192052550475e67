import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, type Measurements, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, alterJson, isJsonObject, type JsonObject } from '../../lib/alteration.ts';
import { type ShareInterval, shareInterval } from '../../lib/share-interval.ts';
import type { EncryptionFlow } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import { meetInEncryptedRoom } from '../meeting.ts';
import { exchange, type Reading } from './exchange.ts';

const messages = { full: 1_000, small: 60 } as const;

/** A new key after so many messages, so that fifty keys find their way under load, and not one. */
const messagesPerKey = 20;

/** One in a thousand, until the operator has set another (VE-18). */
const toleratedShare = 0.001;

/** The homeserver loses about a quarter of what devices send to that person's device, always the same of it. */
const losingKeysFor =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person ? alterJson(answer, (object) => (isOlm(object) && isLost(object) ? undefined : object)) : answer;

const isOlm = ({ type, content }: JsonObject): boolean =>
  type === 'm.room.encrypted' && isJsonObject(content) && content['algorithm'] === 'm.olm.v1.curve25519-aes-sha2';

const isLost = (event: JsonObject): boolean => JSON.stringify(event).length % 4 === 0;

/** Two devices write to each other while many others keep the homeserver busy, and read everything. */
export const underLoad: EncryptionFlow = {
  meta: {
    id: 'encryption.load.under-load',
    title: 'Auch unter Last lassen sich Nachrichten entschlüsseln.',
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate', 'mayStress', 'k6'],
    timeoutMs: 420_000,
    alone: true,
    standing: 'wish',
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
  },
  counterexamples: [
    {
      title: 'Der Server verliert Schlüssel, die an das Gerät von bob gehen.',
      defect: losingKeysFor('bob'),
      expectFinding: 'undecryptable-share',
    },
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'not-encrypted',
    },
  ],
  run: async (context) => {
    const { load } = context;
    if (load === undefined) return inconclusive('void: Hier lässt sich keine Last erzeugen.');
    const rotation = { messages: messagesPerKey };
    const meeting = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`, { rotation });
    const wanted = messages[load.scale];
    const loaded = await load.beside((underWay) => exchange(meeting, { messages: wanted, load: underWay }));
    if (loaded.kind === 'refused') return inconclusive(`void: ${loaded.reason}`);
    const readings = loaded.result.filter(({ isUnderLoad }) => isUnderLoad);
    if (loaded.messages === 0) return inconclusive('void: Während des Austauschs schrieb niemand sonst.');
    const closed = shareInterval(readings.filter(isClosed).length, Math.max(1, readings.length));
    const findings = [...plainFindings(readings), ...closedFindings(readings, closed)];
    if (findings.length === 0 && readings.length < wanted) {
      return inconclusive(`Nur ${readings.length} von ${wanted} Nachrichten fielen in die Zeit der Last.`);
    }
    const figures = { ...figuresOf(readings, closed), users: loaded.users, othersMessages: loaded.messages };
    return outcomeOf(findings, observed(figures), { figures });
  },
};

const isClosed = ({ state: { kind } }: Reading): boolean => kind === 'undecryptable' || kind === 'absent';

function plainFindings(readings: readonly Reading[]): readonly Finding[] {
  const plain = readings.filter(({ state }) => state.kind === 'plain').length;
  if (plain === 0) return [];
  return [
    {
      code: 'not-encrypted',
      title: 'Unter Last gingen Nachrichten unverschlüsselt hinaus.',
      expected: 'Jede Nachricht ist verschlüsselt.',
      observed: `${plain} von ${readings.length} Nachrichten waren es nicht.`,
      where: 'm.room.message',
    },
  ];
}

function closedFindings(readings: readonly Reading[], { share, lower, upper }: ShareInterval): readonly Finding[] {
  if (share <= toleratedShare) return [];
  const reasons = readings
    .filter(isClosed)
    .map(({ state }) => (state.kind === 'undecryptable' ? state.reason : state.kind));
  return [
    {
      code: 'undecryptable-share',
      title: 'Unter Last bleiben zu viele Nachrichten unlesbar.',
      expected: `Höchstens ${perTenThousand(toleratedShare)} von 10.000 Nachrichten bleiben unlesbar.`,
      observed: `${perTenThousand(share)} von 10.000 (95-%-Bereich ${perTenThousand(lower)} bis ${perTenThousand(upper)}): ${[...new Set(reasons)].join(', ')}.`,
      where: 'm.room.encrypted',
    },
  ];
}

type Figures = ReturnType<typeof figuresOf> & { readonly users: number; readonly othersMessages: number };

function figuresOf(readings: readonly Reading[], { share, lower, upper }: ShareInterval) {
  const opened = readings.filter(({ state }) => state.kind === 'decrypted');
  const delivered = sorted(opened.map(({ deliveryMs }) => deliveryMs));
  const decrypted = sorted(opened.map(({ decryptionMs }) => decryptionMs));
  const readable = sorted(opened.map(({ deliveryMs, decryptionMs }) => deliveryMs + decryptionMs));
  return {
    messages: readings.length,
    undecryptableShare: share,
    undecryptableShareLower: lower,
    undecryptableShareUpper: upper,
    deliveredP50Ms: percentile(delivered, 50),
    deliveredP95Ms: percentile(delivered, 95),
    deliveredP99Ms: percentile(delivered, 99),
    decryptedP50Ms: percentile(decrypted, 50),
    decryptedP95Ms: percentile(decrypted, 95),
    decryptedP99Ms: percentile(decrypted, 99),
    readableP50Ms: percentile(readable, 50),
    readableP95Ms: percentile(readable, 95),
    readableP99Ms: percentile(readable, 99),
  } satisfies Measurements['figures'];
}

const sorted = (times: readonly number[]) => times.toSorted((a, b) => a - b);

/** Nearest rank; 0 without samples, whose number stands beside it. */
function percentile(times: readonly number[], rank: number): number {
  return Math.round(times[Math.max(0, Math.ceil((rank / 100) * times.length) - 1)] ?? 0);
}

const observed = (figures: Figures): string =>
  [
    `${figures.messages} Nachrichten, während ${figures.users} andere Personen ${figures.othersMessages} schrieben:`,
    `unlesbar ${perTenThousand(figures.undecryptableShare)} von 10.000`,
    `(95-%-Bereich bis ${perTenThousand(figures.undecryptableShareUpper)}),`,
    `lesbar nach ${figures.readableP50Ms} ms (P50), ${figures.readableP95Ms} ms (P95), ${figures.readableP99Ms} ms (P99),`,
    `davon nach dem Eintreffen ${figures.decryptedP50Ms}, ${figures.decryptedP95Ms} und ${figures.decryptedP99Ms} ms.`,
  ].join(' ');

const perTenThousand = (share: number): string => (share * 10_000).toLocaleString('de', { maximumFractionDigits: 1 });
