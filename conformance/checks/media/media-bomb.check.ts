import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, withBytes, withStatus } from '../../lib/defect.ts';
import { previewHeaderFindings } from '../../lib/file-headers.ts';
import { pngBomb, pngOf, sizeOf } from '../../lib/image.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { addressOf, stored, thumbnailTemplate, upload } from '../../lib/media.ts';
import { expectRefused } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

/** Four hundred million pixels in a file of some fifty kilobytes. */
const bomb = { width: 20_000, height: 20_000 };
const asked = { width: 320, height: 240 };

/** Unpacking and scaling it down takes longer. */
const mostMs = 10_000;

// A small file that grows without measure when it is opened must not bring the server down.
// https://spec.matrix.org/v1.19/client-server-api/#security-considerations-5
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-bomb',
    title: 'Ein Bild, das beim Öffnen riesig wird, bringt den Server nicht aus dem Tritt',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('security-considerations-5'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Vorschau des riesigen Bildes ist selbst riesig',
      defect: {
        when: { path: thumbnailTemplate },
        alter: onlyNth(1, (answer, seen) => ({
          ...withBytes(pngOf({ width: 2_000, height: 2_000 }))(answer, seen),
          status: 200,
        })),
      },
      expectFinding: 'not-bounded',
    },
    {
      title: 'Die Vorschau lässt lange auf sich warten',
      defect: {
        when: { path: thumbnailTemplate },
        alter: onlyNth(1, (answer) => ({ ...answer, durationMs: 25_000 })),
      },
      expectFinding: 'takes-too-long',
    },
    {
      title: 'Danach entsteht auch von gewöhnlichen Bildern keine Vorschau mehr',
      defect: { when: { path: thumbnailTemplate }, alter: onlyNth(2, withStatus(404)) },
      expectFinding: 'down-afterwards',
    },
  ],
  async run(tools) {
    const { request, user, random } = tools;
    const alice = await user('alice');
    const uploaded = await upload(request, alice, { bytes: pngBomb(bomb, random.word(16)), type: 'image/png' });
    const contentUri = stringAt(uploaded.json, ['content_uri']);
    const preview = contentUri === undefined ? undefined : await previewOf(tools, alice, addressOf(contentUri));
    const ordinary = pngOf({ width: 640, height: 480 }, random.word(16));
    const address = await stored(request, alice, { bytes: ordinary, type: 'image/png' });
    const afterwards = await previewOf(tools, alice, address);
    return outcomeOf(
      [
        ...(preview === undefined ? refusedUpload(uploaded) : boundedFindings(preview)),
        ...[uploaded, ...(preview === undefined ? [] : [preview])].flatMap(quickFindings),
        ...previewHeaderFindings(afterwards),
        ...expectThat(afterwards, afterwards.status === 200 && sizeOf(afterwards.bytes) !== undefined, {
          code: 'down-afterwards',
          title: 'Nach dem riesigen Bild entsteht von einem gewöhnlichen keine Vorschau',
          expected: 'ein Bild',
          observed: `Status ${afterwards.status}`,
        }),
      ],
      `Hochladen ${uploaded.status}, Vorschau ${preview?.status ?? 'entfällt'}; danach arbeitet der Server wie zuvor`,
    );
  },
});

const previewOf = ({ request }: Tools, session: Session, params: Readonly<Record<string, string>>): Promise<Answer> =>
  request('GET', thumbnailTemplate, {
    params,
    session,
    query: { width: `${asked.width}`, height: `${asked.height}`, method: 'scale' },
  });

const refusedUpload = (answer: Answer): Findings =>
  expectRefused(answer, { code: 'upload-failed', title: 'Das Hochladen eines riesigen Bildes misslingt unerklärt' });

/** Refused or as small as any preview. */
function boundedFindings(preview: Answer): Findings {
  const size = sizeOf(preview.bytes);
  const isBounded = size !== undefined && size.width <= 800 && size.height <= 800;
  const isRefused = preview.status >= 400 && preview.status < 500;
  return expectThat(preview, isRefused || (preview.status === 200 && isBounded), {
    code: 'not-bounded',
    title: 'Die Vorschau eines riesigen Bildes ist weder abgelehnt noch klein',
    expected: 'Status 4xx oder ein Bild von höchstens 800 × 800',
    observed: `Status ${preview.status}, ${size === undefined ? 'kein Bild' : `${size.width} × ${size.height}`}`,
  });
}

const quickFindings = (answer: Answer): Findings =>
  expectThat(answer, answer.durationMs <= mostMs, {
    code: 'takes-too-long',
    title: 'Ein riesiges Bild beschäftigt den Server lange',
    expected: `höchstens ${mostMs / 1_000} s`,
    observed: `${Math.round(answer.durationMs / 1_000)} s`,
  });
