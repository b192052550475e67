import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import { upload, uploadPath } from '../../lib/media.ts';
import { premise } from '../../lib/premise.ts';

const configPath = '/_matrix/client/v1/media/config';

/** What a check may send: a deployment with a larger limit is asked elsewhere. */
const mostBytes = 4 * 1024 * 1024;

// The limit that is told is the one that holds: a file of exactly that size is taken, one byte more is not.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixmediav3upload
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-limit',
    title: 'Die genannte Grenze für Dateien gilt aufs Byte genau',
    requirements: ['SI-18', 'KO-05'],
    needs: ['lab', 'accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('post_matrixmediav3upload'),
    rows: ['media-config'],
  },
  variant: 'limited',
  counterexamples: [
    {
      title: 'Eine zu große Datei wird angenommen',
      defect: {
        when: { path: uploadPath },
        alter: (answer, seen) =>
          answer.status === 413 ? answering(200, { content_uri: 'mxc://example.org/abc' })(answer, seen) : answer,
      },
      expectFinding: 'too-large-accepted',
    },
    {
      title: 'Die genannte Grenze ist größer als die geltende',
      defect: { when: { path: configPath }, alter: setting(['m.upload.size'], 128 * 1024) },
      expectFinding: 'at-limit-refused',
    },
  ],
  async run({ request, user }) {
    const alice = await user('alice');
    const config = premise(await request('GET', configPath, { session: alice }));
    const limit = valueAt(config.json, ['m.upload.size']);
    if (typeof limit !== 'number' || limit > mostBytes) {
      return inconclusive('Die Grenze für Dateien fehlt oder ist so groß, dass die Prüfung sie nicht ausschöpft.');
    }
    const send = (length: number) =>
      upload(request, alice, { bytes: new Uint8Array(length), type: 'application/octet-stream' });
    const [exact, over] = [await send(limit), await send(limit + 1)];
    return outcomeOf(
      [
        ...expectStatus(exact, 200, {
          code: 'at-limit-refused',
          title: 'Eine Datei an der genannten Grenze wird abgelehnt',
        }),
        ...expectError(
          over,
          { status: 413, errcode: 'M_TOO_LARGE' },
          { code: 'too-large-accepted', title: 'Eine Datei über der Grenze wird nicht als zu groß abgelehnt' },
        ),
      ],
      `${limit} Bytes angenommen, eines mehr 413`,
    );
  },
});
