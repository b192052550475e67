import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, withBytes } from '../../lib/defect.ts';
import { pngOf, sizeOf } from '../../lib/image.ts';
import { expectError, expectStatus, expectThat } from '../../lib/match.ts';
import { download, downloadTemplate, stored, textFile, thumbnailTemplate } from '../../lib/media.ts';

// A file lies with the homeserver of whoever uploaded it, and people elsewhere get it through their own.
// https://spec.matrix.org/v1.19/client-server-api/#content-repository
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-media',
    title: 'Dateien und Vorschaubilder kommen unverändert von einem anderen Homeserver',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('content-repository'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Die Datei kommt verändert an',
      defect: { when: { path: downloadTemplate }, alter: withBytes(new TextEncoder().encode('verändert')) },
      expectFinding: 'file-differs',
    },
    {
      title: 'Zu einer Datei, die es nicht gibt, kommt etwas',
      defect: {
        when: { path: downloadTemplate },
        alter: (answer, seen) => (answer.status === 404 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: 'unknown-file',
    },
    {
      title: 'Als Vorschau kommt kein Bild',
      defect: { when: { path: thumbnailTemplate }, alter: withBytes(new TextEncoder().encode('kein Bild')) },
      expectFinding: 'no-picture',
    },
  ],
  async run(near) {
    const far = await near.variant('partner');
    const [alice, bob] = [await near.user('alice'), await far.user('bob')];
    const file = textFile(near);
    const text = await stored(near.request, alice, file);
    const picture = await stored(near.request, alice, { bytes: pngOf({ width: 640, height: 480 }), type: 'image/png' });
    const fetched = await download(far.request, bob, text);
    const preview = await far.request('GET', thumbnailTemplate, {
      params: { ...picture },
      session: bob,
      query: { width: '96', height: '96', method: 'crop' },
    });
    const unknown = await download(far.request, bob, { ...text, mediaId: near.random.word(24) });
    const differs = {
      code: 'file-differs',
      title: 'Eine Datei von einem anderen Homeserver kommt nicht unverändert an',
    };
    return outcomeOf(
      [
        ...expectStatus(fetched, 200, differs),
        ...expectThat(fetched, Buffer.compare(fetched.bytes, file.bytes) === 0, {
          ...differs,
          expected: `${file.bytes.length} Bytes wie hochgeladen`,
          observed: `${fetched.bytes.length} Bytes, andere als hochgeladen`,
        }),
        ...expectThat(preview, preview.status === 200 && sizeOf(preview.bytes) !== undefined, {
          code: 'no-picture',
          title: 'Zu einem Bild von einem anderen Homeserver kommt keine Vorschau',
          expected: 'ein Bild',
          observed: `Status ${preview.status}, ${preview.headers['content-type'] ?? 'ohne Typ'}`,
        }),
        ...expectError(
          unknown,
          { status: 404, errcode: 'M_NOT_FOUND' },
          {
            code: 'unknown-file',
            title: 'Eine Datei, die es auf dem anderen Homeserver nicht gibt, wird nicht als fehlend gemeldet',
          },
        ),
      ],
      'Datei unverändert, Vorschau als Bild erhalten; unbekannte Datei: 404 mit M_NOT_FOUND',
    );
  },
});
