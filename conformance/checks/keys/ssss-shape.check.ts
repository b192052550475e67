import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { getAccountData, globalDataTemplate as path, setAccountData } from '../../lib/account-data.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, objectAt, stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { syncOnce } from '../../lib/sync.ts';
import type { Tools } from '../../lib/tools.ts';

const syncPath = '/_matrix/client/v3/sync';
const defaultKey = 'm.secret_storage.default_key';

/** What a client stores: which key is the usual one, what it is like, and a secret under it. */
type Storage = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

// Encrypted secrets are kept for all devices of a person as they were put there, and shown to nobody else.
// https://spec.matrix.org/v1.19/client-server-api/#secrets
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.ssss-shape',
    title: 'Verschlüsselt abgelegte Geheimnisse kommen unverändert bei den eigenen Geräten an und bei sonst niemandem',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('secrets'),
  },
  counterexamples: [
    {
      title: 'Ein Geheimnis kommt verändert zurück',
      defect: { when: { method: 'GET', path }, alter: setting(['encrypted'], {}) },
      expectFinding: 'storage-differs',
    },
    {
      title: 'Der Server legt den Schlüssel selbst dazu',
      defect: { when: { method: 'GET', path }, alter: setting(['key_data'], 'geheim') },
      expectFinding: 'storage-differs',
    },
    {
      title: 'Das andere Gerät erhält die Beschreibung des Schlüssels nicht',
      defect: { when: { path: syncPath }, alter: setting(['account_data', 'events'], []) },
      expectFinding: 'not-synced',
    },
    {
      title: 'Eine fremde Person liest das Geheimnis',
      defect: {
        when: { method: 'GET', path },
        alter: (answer, seen) => (answer.status === 403 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: 'read-by-stranger',
    },
  ],
  async run(tools) {
    const { request, account, device, user } = tools;
    const [owner, bob] = [await account('alice'), await user('bob')];
    const [first, second] = [await device(owner, 'Pruefstand eins'), await device(owner, 'Pruefstand zwei')];
    const { userId } = owner;
    const former = await getAccountData(request, first, { userId, type: defaultKey });
    const storage = storageOf(tools);
    for (const [type, content] of Object.entries(storage)) {
      premise(await setAccountData(request, first, { userId, type }, content));
    }
    const read = await readBack(tools, second, storage);
    const sync = premise(await syncOnce(request, second, { timeout: 0 }));
    const types = Object.keys(storage);
    const foreign: Answer[] = [];
    for (const type of types) foreign.push(await getAccountData(request, bob, { userId, type }));
    await tidy(tools, first, { former, types });
    return outcomeOf(
      [
        ...read,
        ...expectEqual(
          sync,
          { wanted: storage, got: storedIn(sync.json, types) },
          { code: 'not-synced', title: 'Abgelegte Geheimnisse erreichen das andere eigene Gerät nicht' },
        ),
        ...foreign.flatMap((answer) =>
          expectStatus(answer, 403, {
            code: 'read-by-stranger',
            title: 'Eine fremde Person kann abgelegte Geheimnisse abrufen',
          }),
        ),
      ],
      'Hinweis, Schlüsselbeschreibung und Geheimnis unverändert beim anderen Gerät, Fremde 403',
    );
  },
});

function storageOf({ random }: Pick<Tools, 'random'>): Storage {
  const keyId = random.word(16);
  const text = (length: number) => Buffer.from(random.word(length)).toString('base64');
  const encrypted = { iv: text(16), ciphertext: text(32), mac: text(32) };
  return {
    [`m.secret_storage.key.${keyId}`]: {
      algorithm: 'm.secret_storage.v1.aes-hmac-sha2',
      iv: text(16),
      mac: text(32),
    },
    [defaultKey]: { key: keyId },
    [`de.pruefstand.secret.${keyId}`]: { encrypted: { [keyId]: encrypted } },
  };
}

async function readBack({ request }: Tools, session: Session, storage: Storage): Promise<Findings> {
  const findings: Findings[] = [];
  for (const [type, wanted] of Object.entries(storage)) {
    const answer = await getAccountData(request, session, { userId: session.userId, type });
    const title = 'Ein abgelegtes Geheimnis kommt nicht unverändert zurück';
    findings.push(expectEqual(answer, { wanted, got: answer.json }, { code: 'storage-differs', title }));
  }
  return findings.flat();
}

/** Of these types only: an account may have more. */
function storedIn(sync: unknown, types: readonly string[]): Storage {
  const events = arrayAt(sync, ['account_data', 'events']).map(
    (event) => [stringAt(event, ['type']) ?? '', objectAt(event, ['content'])] as const,
  );
  return Object.fromEntries(events.filter(([type]) => types.includes(type)));
}

/** Account data cannot be deleted, only emptied. */
async function tidy(
  { request }: Tools,
  session: Session,
  { former, types }: { readonly former: Answer; readonly types: readonly string[] },
): Promise<void> {
  const { userId } = session;
  for (const type of types) {
    const body = type === defaultKey && former.status === 200 ? former.json : {};
    premise(await setAccountData(request, session, { userId, type }, body));
  }
}
