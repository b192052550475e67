import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { dispositionOf } from '../../lib/content-disposition.ts';
import { answering, withBytes, withHeader } from '../../lib/defect.ts';
import { fileHeaderFindings } from '../../lib/file-headers.ts';
import { expectEqual, expectError, expectThat, type Findings } from '../../lib/match.ts';
import { download, type File, downloadTemplate as path, stored } from '../../lib/media.ts';

// A file comes back byte for byte, with the type and the name it was given.
// https://spec.matrix.org/v1.19/client-server-api/#content-repository
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-upload-download',
    title: 'Eine hochgeladene Datei kommt Byte für Byte zurück, mit ihrem Typ und ihrem Namen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('content-repository'),
  },
  counterexamples: [
    {
      title: 'Ein Byte ist verändert',
      defect: { when: { path }, alter: withBytes(new TextEncoder().encode('anders')) },
      expectFinding: 'bytes-differ',
    },
    {
      title: 'Die Datei kommt mit einem anderen Typ zurück',
      defect: { when: { path }, alter: withHeader('content-type', 'text/html') },
      expectFinding: 'type-differs',
    },
    {
      title: 'Der Name geht verloren',
      defect: { when: { path }, alter: withHeader('content-disposition', 'attachment') },
      expectFinding: 'name-lost',
    },
    {
      title: 'Andere Seiten dürfen die Datei nicht einbetten',
      defect: { when: { path }, alter: withHeader('cross-origin-resource-policy', undefined) },
      expectFinding: 'file-headers',
    },
    {
      title: 'Zu einer unbekannten Kennung gibt es eine Datei',
      defect: {
        when: { path },
        alter: (answer, seen) => (answer.status === 404 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: 'unknown-file-found',
    },
  ],
  async run({ request, user, random }) {
    const [alice, bob] = [await user('alice'), await user('bob')];
    const bytes = Uint8Array.from({ length: 4_096 }, () => random.below(256));
    const file: File = { bytes, type: 'application/pdf', name: 'bericht.pdf' };
    const address = await stored(request, alice, file);
    const received = await download(request, bob, address);
    const unknown = await download(request, bob, { ...address, mediaId: `unbekannt${random.word(16)}` });
    return outcomeOf(
      [
        ...fileFindings(received, file),
        ...fileHeaderFindings(received),
        ...expectError(
          unknown,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'unknown-file-found', title: 'Eine unbekannte Datei wird nicht als solche gemeldet' },
        ),
      ],
      `${bytes.length} Bytes unverändert zurück, mit Typ und Namen; unbekannte Datei 404`,
    );
  },
});

function fileFindings(answer: Answer, { bytes, type, name }: File): Findings {
  return [
    ...expectThat(answer, answer.status === 200 && Buffer.from(answer.bytes).equals(bytes), {
      code: 'bytes-differ',
      title: 'Eine Datei kommt nicht unverändert zurück',
      expected: `dieselben ${bytes.length} Bytes`,
      observed: `Status ${answer.status} mit ${answer.bytes.length} Bytes`,
    }),
    ...expectEqual(
      answer,
      { wanted: type, got: answer.headers['content-type'] },
      { code: 'type-differs', title: 'Eine Datei kommt mit einem anderen Typ zurück' },
    ),
    ...expectEqual(
      answer,
      { wanted: name, got: dispositionOf(answer.headers['content-disposition'])?.filename },
      { code: 'name-lost', title: 'Eine Datei kommt ohne ihren Namen zurück' },
    ),
  ];
}
