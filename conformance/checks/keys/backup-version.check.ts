import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import {
  atBackup,
  backedUpKey,
  backupAlgorithm,
  backupBody,
  createBackup,
  deleteBackup,
  sessionKeyTemplate,
  versionPath,
  versionTemplate,
} from '../../lib/key-backup.ts';
import { expectEqual, expectError, expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { expectMalformed } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

// A backup has a version, its description can be renewed, and only the newest one takes keys.
// https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.backup-version',
    title:
      'Schlüsselsicherungen lassen sich anlegen, lesen, ändern und löschen, und nur die neueste nimmt Schlüssel an',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('server-side-key-backups'),
  },
  counterexamples: [
    {
      title: 'Der Server gibt einen anderen öffentlichen Schlüssel aus',
      defect: { when: { method: 'GET', path: versionPath }, alter: setting(['auth_data', 'public_key'], 'AAAA') },
      expectFinding: 'description-differs',
    },
    {
      title: 'Die geänderte Beschreibung geht verloren',
      defect: {
        when: { method: 'GET', path: versionTemplate },
        alter: (answer, { earlier }) => earlier[0] ?? answer,
      },
      expectFinding: 'description-differs',
    },
    {
      title: 'Das Verfahren lässt sich nachträglich wechseln',
      defect: {
        when: { method: 'PUT', path: versionTemplate },
        alter: (answer, seen) => (answer.status === 400 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: 'algorithm-changed',
    },
    {
      title: 'Eine überholte Sicherung nimmt weiter Schlüssel an',
      defect: {
        when: { method: 'PUT', path: sessionKeyTemplate },
        alter: onlyNth(1, answering(200, { etag: '1', count: 1 })),
      },
      expectFinding: 'old-version-writable',
    },
    {
      title: 'Eine gelöschte Sicherung ist noch da',
      defect: {
        when: { method: 'GET', path: versionTemplate },
        alter: (answer, { earlier }) => (answer.status === 404 ? (earlier[0] ?? answer) : answer),
      },
      expectFinding: 'unknown-version-known',
    },
  ],
  async run(tools) {
    const { request, user } = tools;
    const alice = await user('alice');
    const old = await createBackup(tools, alice);
    const described = await describe(tools, alice);
    const { version } = described;
    const late = await atBackup(request, alice, 'PUT', {
      version: old,
      roomId: '!pruefstand:example.org',
      sessionId: 'pruefstand',
      body: backedUpKey(tools),
    });
    for (const one of [old, version]) await deleteBackup(request, alice, one);
    const unknown = await unknownVersion(tools, alice, version);
    const current = await request('GET', versionPath, { session: alice });
    return outcomeOf(
      [
        ...described.findings,
        ...expectError(
          late,
          { status: 403, errcode: 'M_WRONG_ROOM_KEYS_VERSION' },
          { code: 'old-version-writable', title: 'Eine überholte Sicherung nimmt weiter Schlüssel an' },
        ),
        ...expectEqual(
          late,
          { wanted: version, got: stringAt(late.json, ['current_version']) },
          { code: 'current-version-missing', title: 'Die Ablehnung nennt nicht die geltende Sicherung' },
        ),
        ...unknown,
        ...(current.status === 200
          ? []
          : expectError(
              current,
              { status: 404, errcode: 'M_NOT_FOUND' },
              { code: 'absence-not-told', title: 'Dass es keine Sicherung gibt, wird nicht so gemeldet' },
            )),
        ...expectThat(current, ![old, version].includes(stringAt(current.json, ['version']) ?? ''), {
          code: 'deleted-still-current',
          title: 'Eine gelöschte Sicherung gilt weiter als die neueste',
          expected: 'eine andere oder keine Sicherung',
          observed: `Version ${stringAt(current.json, ['version'])}`,
        }),
      ],
      'Angelegt, gelesen, geändert und gelöscht; überholte Version 403, anderes Verfahren 400, unbekannte 404',
    );
  },
});

/** Creates the newest backup, changes its description, and reads it in between. */
async function describe(tools: Tools, session: Session) {
  const { request } = tools;
  const body = backupBody(tools);
  const created = premise(await request('POST', versionPath, { session, body }));
  const version = stringAt(created.json, ['version']) ?? '';
  const params = { version };
  const current = premise(await request('GET', versionPath, { session }));
  const before = premise(await request('GET', versionTemplate, { params, session }));
  const renewed = backupBody(tools);
  premise(await request('PUT', versionTemplate, { params, session, body: { ...renewed, version } }));
  const after = premise(await request('GET', versionTemplate, { params, session }));
  const other = await request('PUT', versionTemplate, { params, session, body: { ...renewed, algorithm: 'm.anders' } });
  const incomplete = await request('POST', versionPath, { session, body: {} });
  const findings = [
    ...[current, before].flatMap((answer) => descriptionFindings(answer, { ...body, version })),
    ...descriptionFindings(after, { ...renewed, version }),
    ...expectError(
      other,
      { status: 400, errcode: 'M_INVALID_PARAM' },
      {
        code: 'algorithm-changed',
        title: 'Das Verfahren einer Sicherung lässt sich nachträglich wechseln',
      },
    ),
    ...expectMalformed(incomplete, {
      code: 'incomplete-not-refused',
      title: 'Eine Sicherung ohne Verfahren und Schlüssel wird nicht als fehlerhaft abgelehnt',
    }),
  ];
  return { version, findings };
}

function descriptionFindings(
  answer: Answer,
  { version, auth_data }: { readonly version: string; readonly auth_data: unknown },
): Findings {
  return expectEqual(
    answer,
    {
      wanted: { version, algorithm: backupAlgorithm, auth_data, count: 0 },
      got: {
        version: valueAt(answer.json, ['version']),
        algorithm: valueAt(answer.json, ['algorithm']),
        auth_data: valueAt(answer.json, ['auth_data']),
        count: valueAt(answer.json, ['count']),
      },
    },
    { code: 'description-differs', title: 'Die Beschreibung der Sicherung ist nicht die hinterlegte' },
  );
}

/** Deleting again what was deleted must succeed; everything else about it is unknown. */
async function unknownVersion(tools: Tools, session: Session, deleted: string): Promise<Findings> {
  const { request } = tools;
  const claim = {
    code: 'unknown-version-known',
    title: 'Eine unbekannte oder gelöschte Sicherung wird nicht als solche gemeldet',
  };
  const never = { params: { version: '99999999' }, session };
  const answers = [
    await request('GET', versionTemplate, { params: { version: deleted }, session }),
    await request('GET', versionTemplate, never),
    await request('PUT', versionTemplate, { ...never, body: backupBody(tools) }),
    await request('DELETE', versionTemplate, never),
  ];
  const again = await request('DELETE', versionTemplate, { params: { version: deleted }, session });
  return [
    ...answers.flatMap((answer) => expectError(answer, { status: 404, errcode: 'M_NOT_FOUND' }, claim)),
    ...expectStatus(again, 200, {
      code: 'second-deletion-refused',
      title: 'Eine schon gelöschte Sicherung noch einmal zu löschen, wird abgelehnt',
    }),
  ];
}
