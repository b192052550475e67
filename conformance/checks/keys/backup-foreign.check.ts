import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { canonicalJson, objectAt, valueAt } from '../../lib/json.ts';
import {
  atBackup,
  backedUpKey,
  createBackup,
  deleteBackup,
  keysPath,
  versionPath,
  versionTemplate,
} from '../../lib/key-backup.ts';
import { expectEqual, expectError, expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

// A backup belongs to one person; what was deleted does not come back with the next one.
// https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.backup-foreign',
    title:
      'Fremde sehen und ändern eine Schlüsselsicherung nicht, und Gelöschtes taucht in der nächsten nicht wieder auf',
    requirements: ['KO-05', 'VE-16'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('server-side-key-backups'),
  },
  counterexamples: [
    {
      title: 'Eine fremde Person liest die Schlüssel',
      defect: {
        when: { method: 'GET', path: keysPath },
        alter: (answer, { earlier }) => earlier[0] ?? answer,
      },
      expectFinding: 'read-by-stranger',
    },
    {
      title: 'Eine fremde Person sieht die Beschreibung',
      defect: {
        when: { method: 'GET', path: versionTemplate },
        alter: (answer, { earlier }) => earlier[0] ?? answer,
      },
      expectFinding: 'described-to-stranger',
    },
    {
      title: 'Die neue Sicherung beginnt mit alten Schlüsseln',
      defect: { when: { method: 'GET', path: versionPath }, alter: setting(['count'], 1) },
      expectFinding: 'not-empty',
    },
    {
      title: 'Die Schlüssel der gelöschten Sicherung sind noch abrufbar',
      defect: {
        when: { method: 'GET', path: keysPath },
        alter: (answer, seen) =>
          answer.status === 404 && seen.earlier.length >= 2
            ? answering(200, seen.earlier[0]?.json)(answer, seen)
            : answer,
      },
      expectFinding: 'deleted-readable',
    },
  ],
  async run(tools) {
    const { request, user } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const version = await createBackup(tools, alice);
    const place = { roomId: '!pruefstand:example.org', sessionId: 'pruefstand' };
    const key = backedUpKey(tools);
    premise(await atBackup(request, alice, 'PUT', { version, ...place, body: key }));
    const own = premise(await atBackup(request, alice, 'GET', { version }));
    const described = premise(await request('GET', versionTemplate, { params: { version }, session: alice }));
    const foreign = await foreignFindings(tools, bob, { version, own, described });
    const unchanged = premise(await atBackup(request, alice, 'GET', { version }));
    await deleteBackup(request, alice, version);
    const deleted = await atBackup(request, alice, 'GET', { version });
    const next = await createBackup(tools, alice);
    const fresh = premise(await request('GET', versionPath, { session: alice }));
    const emptied = premise(await atBackup(request, alice, 'GET', { version: next }));
    await deleteBackup(request, alice, next);
    return outcomeOf(
      [
        ...foreign,
        ...expectEqual(
          unchanged,
          { wanted: own.json, got: unchanged.json },
          { code: 'changed-by-stranger', title: 'Eine fremde Person hat die Sicherung verändert' },
        ),
        ...expectError(
          deleted,
          { status: 404, errcode: 'M_NOT_FOUND' },
          {
            code: 'deleted-readable',
            title: 'Die Schlüssel einer gelöschten Sicherung sind noch abrufbar',
          },
        ),
        ...expectThat(fresh, valueAt(fresh.json, ['count']) === 0 && roomsOf(emptied).length === 0, {
          code: 'not-empty',
          title: 'Eine neue Sicherung enthält Schlüssel der gelöschten',
          expected: 'keine Schlüssel',
          observed: `${valueAt(fresh.json, ['count'])} Schlüssel in ${roomsOf(emptied).length} Räumen`,
        }),
      ],
      'Fremde lesen und ändern nichts; nach Löschen und Neuanlegen ist die Sicherung leer',
    );
  },
});

interface Backup {
  readonly version: string;
  readonly own: Answer;
  readonly described: Answer;
}

/** Versions count per person, so a stranger may well have one of the same name: only what is in it matters. */
async function foreignFindings(
  tools: Tools,
  stranger: Session,
  { version, own, described }: Backup,
): Promise<Findings> {
  const { request } = tools;
  const read = await atBackup(request, stranger, 'GET', { version });
  const description = await request('GET', versionTemplate, { params: { version }, session: stranger });
  const tried = [
    read,
    description,
    await atBackup(request, stranger, 'PUT', { version, body: { rooms: {} } }),
    await atBackup(request, stranger, 'DELETE', { version }),
  ];
  return [
    ...tried.filter(({ status }) => status !== 200).flatMap(unknownFindings),
    ...expectThat(read, canonicalJson(read.json) !== canonicalJson(own.json), {
      code: 'read-by-stranger',
      title: 'Eine fremde Person kann gesicherte Schlüssel lesen',
      expected: 'keine Schlüssel der anderen Person',
      observed: `Status ${read.status} mit ${roomsOf(read).length} Räumen`,
    }),
    ...expectThat(
      description,
      canonicalJson(valueAt(description.json, ['auth_data'])) !== canonicalJson(valueAt(described.json, ['auth_data'])),
      {
        code: 'described-to-stranger',
        title: 'Eine fremde Person sieht die Beschreibung der Sicherung',
        expected: 'keine Beschreibung der anderen Person',
        observed: `Status ${description.status} mit derselben Beschreibung`,
      },
    ),
  ];
}

/** Of writing the specification leaves open whether the version is wrong or unknown. */
const unknownFindings = (answer: Answer): Findings =>
  answer.method === 'PUT' && answer.status === 403
    ? expectError(answer, { status: 403, errcode: 'M_WRONG_ROOM_KEYS_VERSION' }, unknownClaim)
    : expectError(answer, { status: 404, errcode: 'M_NOT_FOUND' }, unknownClaim);

const unknownClaim = {
  code: 'absence-not-told',
  title: 'Dass es die Sicherung für eine fremde Person nicht gibt, wird nicht so gemeldet',
};

const roomsOf = ({ json }: Answer): readonly string[] => Object.keys(objectAt(json, ['rooms']));
