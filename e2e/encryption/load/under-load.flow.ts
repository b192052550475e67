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
  const times = readings.flatMap(({ state, ms }) => (state.kind === 'decrypted' ? [ms] : [])).toSorted((a, b) => a - b);
  return {
    messages: readings.length,
    undecryptableShare: share,
    undecryptableShareLower: lower,
    undecryptableShareUpper: upper,
    decryptedP50Ms: percentile(times, 50),
    decryptedP95Ms: percentile(times, 95),
    decryptedP99Ms: percentile(times, 99),
  } satisfies Measurements['figures'];
}

/** Nearest rank; 0 without samples, whose number stands beside it. */
function percentile(sorted: readonly number[], rank: number): number {
  return Math.round(sorted[Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1)] ?? 0);
}

const observed = (figures: Figures): string =>
  [
    `${figures.messages} Nachrichten, während ${figures.users} andere Personen ${figures.othersMessages} schrieben:`,
    `unlesbar ${perTenThousand(figures.undecryptableShare)} von 10.000`,
    `(95-%-Bereich bis ${perTenThousand(figures.undecryptableShareUpper)}),`,
    `lesbar nach ${figures.decryptedP50Ms} ms (P50), ${figures.decryptedP95Ms} ms (P95), ${figures.decryptedP99Ms} ms (P99).`,
  ].join(' ');

const perTenThousand = (share: number): string => (share * 10_000).toLocaleString('de', { maximumFractionDigits: 1 });
