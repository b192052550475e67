import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { dispositionOf } from '../../lib/content-disposition.ts';
import { withBytes, withHeader } from '../../lib/defect.ts';
import { expectThat } from '../../lib/match.ts';
import { download, downloadTemplate as path, stored, textFile } from '../../lib/media.ts';

// A file without a name is a file, too; how it is to be treated is told all the same.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediadownloadservernamemediaid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-noname',
    title: 'Eine Datei ohne Namen lässt sich abrufen und erhält keinen erfundenen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv1mediadownloadservernamemediaid'),
  },
  counterexamples: [
    {
      title: 'Die Datei kommt leer zurück',
      defect: { when: { path }, alter: withBytes(new Uint8Array()) },
      expectFinding: 'bytes-differ',
    },
    {
      title: 'Die Angabe zum Umgang mit der Datei fehlt',
      defect: { when: { path }, alter: withHeader('content-disposition', undefined) },
      expectFinding: 'no-disposition',
    },
    {
      title: 'Der Server erfindet einen Namen',
      defect: { when: { path }, alter: withHeader('content-disposition', 'inline; filename=datei.txt') },
      expectFinding: 'name-invented',
    },
  ],
  async run(tools) {
    const { request, user } = tools;
    const alice = await user('alice');
    const file = textFile(tools);
    const received = await download(request, alice, await stored(request, alice, file));
    const disposition = dispositionOf(received.headers['content-disposition']);
    return outcomeOf(
      [
        ...expectThat(received, received.status === 200 && Buffer.from(received.bytes).equals(file.bytes), {
          code: 'bytes-differ',
          title: 'Eine Datei ohne Namen kommt nicht unverändert zurück',
          expected: `dieselben ${file.bytes.length} Bytes`,
          observed: `Status ${received.status} mit ${received.bytes.length} Bytes`,
        }),
        ...expectThat(received, disposition?.kind === 'inline' || disposition?.kind === 'attachment', {
          code: 'no-disposition',
          title: 'Wie mit der Datei umzugehen ist, wird nicht gesagt',
          expected: 'Content-Disposition inline oder attachment',
          observed: received.headers['content-disposition'] ?? 'keine Angabe',
        }),
        ...expectThat(received, disposition?.filename === undefined, {
          code: 'name-invented',
          title: 'Eine Datei ohne Namen erhält einen erfundenen',
          expected: 'kein Name',
          observed: `${disposition?.filename?.length} Zeichen`,
        }),
      ],
      'Unverändert zurück, ohne Namen',
    );
  },
});
