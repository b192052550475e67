import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import type { Alteration } from '../../lib/defect.ts';
import {
  atBackup,
  backedUpKey,
  createBackup,
  deleteBackup,
  type KeyQuality,
  sessionKeyTemplate,
} from '../../lib/key-backup.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

interface Step {
  /** What is found when it goes wrong. */
  readonly code: string;
  readonly what: string;
  readonly quality: KeyQuality;
  readonly replaces: boolean;
}

const quality = (first_message_index: number, forwarded_count: number, is_verified = false): KeyQuality => ({
  first_message_index,
  forwarded_count,
  is_verified,
});

const steps: readonly Step[] = [
  { code: 'first-lost', what: 'der erste Schlüssel', quality: quality(5, 2), replaces: true },
  { code: 'later-start-taken', what: 'ein späterer Anfang', quality: quality(7, 0), replaces: false },
  { code: 'earlier-start-lost', what: 'ein früherer Anfang', quality: quality(3, 4), replaces: true },
  {
    code: 'more-forwarded-taken',
    what: 'gleicher Anfang, öfter weitergereicht',
    quality: quality(3, 6),
    replaces: false,
  },
  {
    code: 'less-forwarded-lost',
    what: 'gleicher Anfang, seltener weitergereicht',
    quality: quality(3, 0),
    replaces: true,
  },
  { code: 'equal-taken', what: 'ein gleich guter Schlüssel', quality: quality(3, 0), replaces: false },
  { code: 'verified-lost', what: 'ein bestätigter Schlüssel', quality: quality(9, 9, true), replaces: true },
  { code: 'unverified-taken', what: 'ein unbestätigter Schlüssel', quality: quality(0, 0), replaces: false },
];

// A better key for the same session replaces the one that is there, a worse one never does.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3room_keyskeysroomidsessionid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.backup-replace-rule',
    title: 'Ein gesicherter Schlüssel wird nur durch einen besseren ersetzt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('server-side-key-backups'),
  },
  counterexamples: [
    {
      title: 'Der zuletzt gesicherte Schlüssel gilt immer',
      defect: { when: { path: sessionKeyTemplate }, alter: lastWritten() },
      expectFinding: 'equal-taken',
    },
    {
      title: 'Der erste gesicherte Schlüssel bleibt immer',
      defect: {
        when: { method: 'GET', path: sessionKeyTemplate },
        alter: (answer, { earlier }) => earlier[0] ?? answer,
      },
      expectFinding: 'less-forwarded-lost',
    },
  ],
  async run(tools) {
    const { request, user } = tools;
    const alice = await user('alice');
    const version = await createBackup(tools, alice);
    const place = { version, roomId: '!pruefstand:example.org', sessionId: 'pruefstand' };
    const seen: { readonly step: Step; readonly answer: Answer; readonly wanted: unknown }[] = [];
    for (const step of steps) {
      const key = backedUpKey(tools, step.quality);
      premise(await atBackup(request, alice, 'PUT', { ...place, body: key }));
      const answer = premise(await atBackup(request, alice, 'GET', place));
      seen.push({ step, answer, wanted: step.replaces ? key : seen.at(-1)?.wanted });
    }
    await deleteBackup(request, alice, version);
    return outcomeOf(
      seen.flatMap(({ step, answer, wanted }) =>
        expectEqual(
          answer,
          { wanted, got: answer.json },
          {
            code: step.code,
            title: step.replaces
              ? `Der bessere Schlüssel wird nicht übernommen: ${step.what}`
              : `Ein nicht besserer Schlüssel ersetzt den gesicherten: ${step.what}`,
          },
        ),
      ),
      `${steps.length} Schlüssel derselben Sitzung, jeweils der bessere behalten`,
    );
  },
});

/** Answers every question with the key that was put there last. */
function lastWritten(): Alteration {
  return (answer, seen) => {
    const written = seen.earlier.at(-1);
    if (seen.requestJson !== undefined)
      return { ...answer, json: { ...Object(answer.json), written: seen.requestJson } };
    return { ...answer, json: Object(written?.json)['written'] ?? answer.json };
  };
}
