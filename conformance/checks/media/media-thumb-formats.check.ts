import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { withBytes } from '../../lib/defect.ts';
import { isAnimated, pngOf, sizeOf } from '../../lib/image.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { thumbnailTemplate as path, stored } from '../../lib/media.ts';
import { animatedGif, jpeg, sampleSize } from '../../lib/sample-pictures.ts';

const asked = { width: '96', height: '96' };

// Photographs and moving pictures get previews like any other, and a preview moves only for whoever asked for it.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediathumbnailservernamemediaid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-thumb-formats',
    title: 'Auch Fotos und bewegte Bilder haben Vorschaubilder, die sich nur auf Wunsch bewegen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv1mediathumbnailservernamemediaid'),
    rows: ['media-thumb'],
  },
  counterexamples: [
    {
      title: 'Die Vorschau eines Fotos ist verzerrt',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.query.includes('scale') ? withBytes(pngOf({ width: 96, height: 96 }))(answer, seen) : answer,
      },
      expectFinding: 'distorted',
    },
    {
      title: 'Ein Foto hat keine zugeschnittene Vorschau',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.query.includes('crop')
            ? withBytes(new TextEncoder().encode('kein Bild, nur Text'))(answer, seen)
            : answer,
      },
      expectFinding: 'not-cropped',
    },
    {
      title: 'Die Vorschau bewegt sich ungefragt',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.query.includes('animated=false') ? withBytes(animatedGif)(answer, seen) : answer,
      },
      expectFinding: 'moves-unasked',
    },
  ],
  async run({ request, user }) {
    const session = await user('alice');
    const photo = await stored(request, session, { bytes: jpeg, type: 'image/jpeg' });
    const moving = await stored(request, session, { bytes: animatedGif, type: 'image/gif' });
    const ask = (params: typeof photo, query: Readonly<Record<string, string>>) =>
      request('GET', path, { params, session, query: { ...asked, ...query } });
    const cropped = await ask(photo, { method: 'crop' });
    const still = await ask(moving, { method: 'scale', animated: 'false' });
    const scaled = [
      await ask(photo, { method: 'scale' }),
      still,
      await ask(moving, { method: 'scale', animated: 'true' }),
    ];
    return outcomeOf(
      [
        ...scaled.flatMap(scaledFindings),
        ...croppedFindings(cropped),
        ...expectThat(still, !isAnimated(still.bytes), {
          code: 'moves-unasked',
          title: 'Ein Vorschaubild bewegt sich, obwohl ausdrücklich ein stehendes verlangt ist',
          expected: 'ein stehendes Bild',
          observed: 'ein bewegtes Bild',
        }),
      ],
      `Vorschauen eines Fotos und eines bewegten Bildes: ${[cropped, ...scaled].map(sizeText).join(', ')}`,
    );
  },
});

/** A pixel more or less is rounding. */
function scaledFindings(answer: Answer): Findings {
  const { width = 0, height = 0 } = (answer.status === 200 ? sizeOf(answer.bytes) : undefined) ?? {};
  const isSimilar = Math.abs(width * sampleSize.height - height * sampleSize.width) <= sampleSize.width;
  return expectThat(answer, width > 0 && width <= sampleSize.width && isSimilar, {
    code: 'distorted',
    title: 'Die Vorschau eines Fotos oder bewegten Bildes fehlt oder ist verzerrt',
    expected: `ein Bild im Seitenverhältnis 4 : 3, nicht größer als ${sampleSize.width} × ${sampleSize.height}`,
    observed: sizeText(answer),
  });
}

function croppedFindings(answer: Answer): Findings {
  const size = answer.status === 200 ? sizeOf(answer.bytes) : undefined;
  return expectThat(answer, size !== undefined && size.width === size.height, {
    code: 'not-cropped',
    title: 'Die zugeschnittene Vorschau eines Fotos fehlt oder hat das falsche Seitenverhältnis',
    expected: 'ein Bild mit gleichen Seiten',
    observed: sizeText(answer),
  });
}

function sizeText({ status, bytes, headers }: Answer): string {
  const size = status === 200 ? sizeOf(bytes) : undefined;
  if (size !== undefined) return `${size.width} × ${size.height}`;
  return `Status ${status}, kein Bild: ${bytes.length} Bytes ${headers['content-type'] ?? 'ohne Typ'}`;
}
