import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { withStatus } from '../../lib/defect.ts';
import { pngOf } from '../../lib/image.ts';
import { expectError, expectStatus } from '../../lib/match.ts';
import {
  type Address,
  downloadTemplate,
  legacyDownloadTemplate,
  legacyThumbnailTemplate,
  stored,
  thumbnailTemplate,
} from '../../lib/media.ts';
import { premise } from '../../lib/premise.ts';

const quarantineTemplate = '/_synapse/admin/v1/media/quarantine/{serverName}/{mediaId}';

// A harmful file that the administration has locked away is gone for everybody, its previews too.
// https://spec.matrix.org/v1.19/client-server-api/#content-repository
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-quarantine',
    title: 'Eine gesperrte Datei ist auf keinem Weg mehr abrufbar, auch nicht als Vorschaubild',
    requirements: ['KO-05', 'SI-17'],
    needs: ['accounts', 'admin', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('content-repository'),
  },
  counterexamples: [
    {
      title: 'Die gesperrte Datei wird weiter geliefert',
      defect: { when: { path: downloadTemplate }, alter: withStatus(200) },
      expectFinding: 'still-served',
    },
    {
      title: 'Das Vorschaubild wird weiter geliefert',
      defect: { when: { path: thumbnailTemplate }, alter: withStatus(200) },
      expectFinding: 'still-served',
    },
    {
      title: 'Die Datei war schon vorher nicht abrufbar',
      defect: { when: { path: downloadTemplate }, alter: withStatus(404) },
      expectFinding: 'not-there-before',
    },
  ],
  async run({ request, user, target, random }) {
    const [alice, administrator] = [await user('alice'), await user('admin', 'administrator')];
    // A server may lock away every file with the same content: those of others must not be among them.
    const bytes = pngOf({ width: 64, height: 48 }, random.word(16));
    const address = await stored(request, alice, { bytes, type: 'image/png' });
    const read = async (params: Address): Promise<readonly Answer[]> => {
      const query = { width: '32', height: '32', method: 'scale' };
      const answers: Answer[] = [];
      for (const template of [downloadTemplate, legacyDownloadTemplate]) {
        answers.push(await request('GET', template, { params, session: alice }));
      }
      for (const template of [thumbnailTemplate, legacyThumbnailTemplate]) {
        answers.push(await request('GET', template, { params, session: alice, query }));
      }
      return answers;
    };
    const [before] = await read(address);
    premise(
      await request('POST', quarantineTemplate, {
        params: address,
        session: administrator,
        body: {},
        ...(target.adminUrl !== undefined && { baseUrl: target.adminUrl }),
      }),
    );
    const after = await read(address);
    return outcomeOf(
      [
        ...(before === undefined
          ? []
          : expectStatus(before, 200, {
              code: 'not-there-before',
              title: 'Die Datei ist schon vor der Sperre nicht abrufbar',
            })),
        ...after.flatMap((answer) =>
          expectError(
            answer,
            { status: 404, errcode: 'M_NOT_FOUND' },
            { code: 'still-served', title: 'Eine gesperrte Datei ist noch abrufbar' },
          ),
        ),
      ],
      `Nach der Sperre auf ${after.length} Wegen 404`,
    );
  },
});
