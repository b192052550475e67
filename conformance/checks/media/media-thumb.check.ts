import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, withBytes, withHeader } from '../../lib/defect.ts';
import { previewHeaderFindings } from '../../lib/file-headers.ts';
import { pngOf, type Size, sizeOf } from '../../lib/image.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { thumbnailTemplate as path, stored, textFile } from '../../lib/media.ts';
import { expectMalformed } from '../../lib/refusals.ts';

const original: Size = { width: 640, height: 480 };

// Previews keep the proportions when scaled and have those asked for when cropped, and are never larger than the picture.
// https://spec.matrix.org/v1.19/client-server-api/#thumbnails
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-thumb',
    title: 'Vorschaubilder stimmen in Größe und Seitenverhältnis und werden nie vergrößert',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('thumbnails'),
  },
  counterexamples: [
    {
      title: 'Das verkleinerte Bild ist verzerrt',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.query.includes('scale') ? withBytes(pngOf({ width: 96, height: 96 }))(answer, seen) : answer,
      },
      expectFinding: 'distorted',
    },
    {
      title: 'Das zugeschnittene Bild hat das falsche Seitenverhältnis',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.query.includes('crop') ? withBytes(pngOf({ width: 96, height: 72 }))(answer, seen) : answer,
      },
      expectFinding: 'not-cropped',
    },
    {
      title: 'Das Bild wird vergrößert',
      defect: { when: { path }, alter: withBytes(pngOf({ width: 2_000, height: 1_500 })) },
      expectFinding: 'enlarged',
    },
    {
      title: 'Statt eines Bildes kommt Text',
      defect: { when: { path }, alter: withBytes(new TextEncoder().encode('kein Bild, sondern Text')) },
      expectFinding: 'no-picture',
    },
    {
      title: 'Es fehlt, wie mit dem Vorschaubild umzugehen ist',
      defect: { when: { path }, alter: withHeader('content-disposition', undefined) },
      expectFinding: 'file-headers',
    },
    {
      title: 'Eine unmögliche Größe wird angenommen',
      defect: {
        when: { path },
        alter: (answer, seen) => (answer.status === 400 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: 'nonsense-accepted',
    },
  ],
  async run(tools) {
    const { request, user } = tools;
    const alice = await user('alice');
    const address = await stored(request, alice, { bytes: pngOf(original), type: 'image/png' });
    const text = await stored(request, alice, textFile(tools));
    const ask = (query: Readonly<Record<string, string>>, params: Readonly<Record<string, string>> = address) =>
      request('GET', path, { params, session: alice, query });
    const scaled = await ask({ width: '96', height: '96', method: 'scale' });
    const cropped = await ask({ width: '96', height: '96', method: 'crop' });
    const large = await ask({ width: '2000', height: '1500', method: 'scale' });
    const nonsense = [
      await ask({ width: '-1', height: '96', method: 'scale' }),
      await ask({ width: 'breit', height: '96', method: 'scale' }),
    ];
    const ofText = await ask({ width: '96', height: '96', method: 'scale' }, text);
    return outcomeOf(
      [
        ...[scaled, cropped, large].flatMap(previewHeaderFindings),
        ...pictureFindings(scaled, 'distorted', isSimilar),
        ...pictureFindings(cropped, 'not-cropped', ({ width, height }) => width === height),
        ...pictureFindings(large, 'enlarged', isSimilar),
        ...nonsense.flatMap((answer) =>
          expectMalformed(answer, { code: 'nonsense-accepted', title: 'Eine unmögliche Größe wird angenommen' }),
        ),
        ...expectThat(ofText, ofText.status === 400 || ofText.status === 404, {
          code: 'preview-of-text',
          title: 'Zu einer Textdatei wird ein Vorschaubild geliefert',
          expected: 'Status 400 oder 404',
          observed: `Status ${ofText.status}`,
        }),
      ],
      `${[scaled, cropped, large].map((answer) => sizeText(sizeOf(answer.bytes))).join(', ')}; unmögliche Größen 400`,
    );
  },
});

/** A pixel more or less is rounding. */
const isSimilar = ({ width, height }: Size): boolean =>
  Math.abs(width * original.height - height * original.width) <= Math.max(original.width, original.height);

const titles = {
  distorted: 'Ein verkleinertes Vorschaubild ist verzerrt',
  'not-cropped': 'Ein zugeschnittenes Vorschaubild hat das falsche Seitenverhältnis',
  enlarged: 'Ein Vorschaubild hat falsche Seitenverhältnisse',
} as const;

function pictureFindings(answer: Answer, code: keyof typeof titles, fits: (size: Size) => boolean): Findings {
  const size = answer.status === 200 ? sizeOf(answer.bytes) : undefined;
  const isEnlarged = size !== undefined && (size.width > original.width || size.height > original.height);
  return [
    ...expectThat(answer, size !== undefined, {
      code: 'no-picture',
      title: 'Als Vorschau kommt kein Bild',
      expected: 'ein Bild in einem der Formate PNG, JPEG oder GIF',
      observed: `Status ${answer.status}, ${answer.headers['content-type'] ?? 'ohne Typ'}`,
    }),
    ...expectThat(answer, size === undefined || fits(size), {
      code,
      title: titles[code],
      expected: code === 'not-cropped' ? 'gleiche Seiten' : 'Seitenverhältnis 4 : 3',
      observed: sizeText(size),
    }),
    ...expectThat(answer, !isEnlarged, {
      code: 'enlarged',
      title: 'Ein Vorschaubild ist größer als das Bild',
      expected: `höchstens ${sizeText(original)}`,
      observed: sizeText(size),
    }),
  ];
}

const sizeText = (size: Size | undefined): string =>
  size === undefined ? 'kein Bild' : `${size.width} × ${size.height}`;
