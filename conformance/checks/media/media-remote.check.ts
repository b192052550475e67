import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, withBytes } from '../../lib/defect.ts';
import { fileHeaderFindings } from '../../lib/file-headers.ts';
import { expectError, expectThat, type Findings } from '../../lib/match.ts';
import { download, downloadTemplate, legacyDownloadTemplate, stored, textFile } from '../../lib/media.ts';
import { expectForbiddenOrAbsent, expectTokenAsked } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

// A file of another homeserver comes to those logged in, by no way to anybody else, and from no server that is shut out.
// https://spec.matrix.org/v1.19/client-server-api/#content-repository
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-remote',
    title: 'Dateien anderer Homeserver erhalten nur Angemeldete, und von gesperrten Servern niemand',
    requirements: ['DS-11', 'KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('content-repository'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Die Datei des anderen Homeservers kommt verändert an',
      defect: {
        when: { path: downloadTemplate },
        alter: (answer, seen) =>
          seen.hasToken && answer.status === 200 ? withBytes(new TextEncoder().encode('anders'))(answer, seen) : answer,
      },
      expectFinding: 'differs',
    },
    {
      title: 'Ohne Anmeldung kommt die Datei über die neue Adresse',
      defect: {
        when: { path: downloadTemplate },
        alter: (answer, seen) => (seen.hasToken ? answer : answering(200, {})(answer, seen)),
      },
      expectFinding: 'without-login',
    },
    {
      title: 'Über die alte Adresse kommt sie ohne Anmeldung',
      defect: { when: { path: legacyDownloadTemplate }, alter: answering(200, {}) },
      expectFinding: 'legacy-served',
    },
    {
      title: 'Auch von einem gesperrten Server kommt die Datei',
      defect: {
        when: { path: downloadTemplate },
        alter: (answer, seen) => (answer.status === 403 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: 'shut-out-served',
    },
  ],
  async run(near) {
    const [far, shut] = [await near.variant('partner'), await near.variant('open')];
    const alice = await near.user('alice');
    const [bob, carol] = [await far.user('bob'), await shut.user('carol')];
    const file = textFile(near);
    const address = await stored(near.request, alice, file);
    const legacy = await legacyDownload(far, address);
    const anonymous = await far.request('GET', downloadTemplate, { params: { ...address } });
    const fetched = await download(far.request, bob, address);
    const legacyAfterwards = await legacyDownload(far, address);
    const shutOut = await download(shut.request, carol, address);
    return outcomeOf(
      [
        ...sameFile(fetched, file.bytes),
        ...fileHeaderFindings(fetched),
        ...expectTokenAsked(anonymous, {
          code: 'without-login',
          title: 'Eine Datei eines anderen Homeservers ist ohne Anmeldung abrufbar',
        }),
        ...[legacy, legacyAfterwards].flatMap((answer) =>
          expectError(
            answer,
            { status: 404, errcode: 'M_NOT_FOUND' },
            { code: 'legacy-served', title: 'Die alte Adresse gibt eine neue Datei eines anderen Homeservers heraus' },
          ),
        ),
        ...expectForbiddenOrAbsent(shutOut, {
          code: 'shut-out-served',
          title: 'Ein Homeserver holt Dateien von einem, der für ihn gesperrt ist',
        }),
      ],
      'Mit Anmeldung unverändert erhalten, ohne auf keinem Weg; der gesperrte Server wird nicht gefragt',
    );
  },
});

const legacyDownload = ({ request }: Tools, address: Readonly<Record<string, string>>): Promise<Answer> =>
  request('GET', legacyDownloadTemplate, { params: { ...address } });

const sameFile = (answer: Answer, bytes: Uint8Array): Findings =>
  expectThat(answer, answer.status === 200 && Buffer.from(answer.bytes).equals(bytes), {
    code: 'differs',
    title: 'Eine Datei eines anderen Homeservers kommt nicht unverändert an',
    expected: `dieselben ${bytes.length} Bytes`,
    observed: `Status ${answer.status} mit ${answer.bytes.length} Bytes`,
  });
