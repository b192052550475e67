import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat } from '../../lib/match.ts';
import { upload, uploadPath } from '../../lib/media.ts';
import { premise } from '../../lib/premise.ts';

const configPath = '/_matrix/client/v1/media/config';
const legacyConfigPath = '/_matrix/media/v3/config';

/** Enough to see that the figure is no mistake, little enough for every line. */
const mostBytes = 256 * 1024;

// Programs learn before they send how large a file may be, and a file within the limit is taken.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediaconfig
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-config',
    title: 'Der Server nennt seine Grenze für Dateien und nimmt an, was darunter liegt',
    requirements: ['SI-18', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv1mediaconfig'),
  },
  counterexamples: [
    {
      title: 'Es werden zwei verschiedene Grenzen genannt',
      defect: { when: { path: legacyConfigPath }, alter: setting(['m.upload.size'], 1) },
      expectFinding: 'limits-differ',
    },
    {
      title: 'Die genannte Grenze ist null',
      defect: { when: { path: /\/media\/(v1\/|v3\/)?config$/ }, alter: setting(['m.upload.size'], 0) },
      expectFinding: 'no-room',
    },
    {
      title: 'Eine Datei unter der Grenze wird abgelehnt',
      defect: { when: { path: uploadPath }, alter: answering(413, { errcode: 'M_TOO_LARGE', error: 'altered' }) },
      expectFinding: 'small-file-refused',
    },
  ],
  async run({ request, user }) {
    const alice = await user('alice');
    const config = premise(await request('GET', configPath, { session: alice }));
    const legacy = premise(await request('GET', legacyConfigPath, { session: alice }));
    const limit = valueAt(config.json, ['m.upload.size']);
    if (typeof limit !== 'number') return inconclusive('Der Server nennt keine Grenze für Dateien; er muss es nicht.');
    const bytes = new Uint8Array(Math.max(1, Math.min(limit, mostBytes)));
    const sent = await upload(request, alice, { bytes, type: 'application/octet-stream' });
    return outcomeOf(
      [
        ...expectThat(config, limit > 0, {
          code: 'no-room',
          title: 'Nach der genannten Grenze dürfte keine Datei hochgeladen werden',
          expected: 'mehr als 0 Bytes',
          observed: `${limit} Bytes`,
        }),
        ...expectEqual(
          legacy,
          { wanted: limit, got: valueAt(legacy.json, ['m.upload.size']) },
          { code: 'limits-differ', title: 'Alte und neue Adresse nennen verschiedene Grenzen' },
        ),
        ...expectStatus(sent, 200, {
          code: 'small-file-refused',
          title: 'Eine Datei unter der genannten Grenze wird abgelehnt',
        }),
      ],
      `Grenze ${limit} Bytes, ${bytes.length} Bytes angenommen`,
    );
  },
});
