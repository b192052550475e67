import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { dispositionOf } from '../../lib/content-disposition.ts';
import { type Alteration, withHeader } from '../../lib/defect.ts';
import { fileHeaderFindings } from '../../lib/file-headers.ts';
import { expectEqual } from '../../lib/match.ts';
import { download, downloadTemplate, namedDownloadTemplate, stored, textFile } from '../../lib/media.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

const names = [
  'bericht.txt',
  'Bericht vom Montag.txt',
  'a;b.txt',
  'Prüfung ß.txt',
  '会議の記録.txt',
  'mit "Zitat".txt',
];
const otherName = 'Änderung; neu.txt';

// Whatever the name of a file, it arrives as it was.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediadownloadservernamemediaidfilename
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-names',
    title: 'Dateinamen mit Leerzeichen, Umlauten, Strichpunkt und fremder Schrift kommen unverändert an',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv1mediadownloadservernamemediaidfilename'),
  },
  counterexamples: [
    {
      title: 'Umlaute werden ersetzt',
      defect: { when: { path: downloadTemplate }, alter: renaming('Pr?fung.txt') },
      expectFinding: 'name-differs',
    },
    {
      title: 'Am Strichpunkt wird abgeschnitten',
      defect: {
        when: { path: downloadTemplate },
        alter: withHeader('content-disposition', 'inline; filename=a;b.txt'),
      },
      expectFinding: 'name-differs',
    },
    {
      title: 'Die Content-Security-Policy fehlt',
      defect: { when: { path: namedDownloadTemplate }, alter: withHeader('content-security-policy', undefined) },
      expectFinding: 'file-headers',
    },
    {
      title: 'Der verlangte Name wird nicht verwendet',
      defect: { when: { path: namedDownloadTemplate }, alter: renaming('bericht.txt') },
      expectFinding: 'override-ignored',
    },
  ],
  async run(tools) {
    const { request, user } = tools;
    const alice = await user('alice');
    const received: { readonly name: string; readonly answer: Answer }[] = [];
    for (const name of names) received.push({ name, answer: await roundTrip(tools, alice, name) });
    const address = await stored(request, alice, textFile(tools, 'bericht.txt'));
    const params = { ...address, fileName: otherName };
    const overridden = premise(await request('GET', namedDownloadTemplate, { params, session: alice }));
    return outcomeOf(
      [
        ...received.flatMap(({ name, answer }) =>
          expectEqual(
            answer,
            { wanted: { given: name }, got: { given: nameIn(answer) } },
            { code: 'name-differs', title: 'Ein Dateiname kommt nicht unverändert an' },
          ),
        ),
        ...fileHeaderFindings(overridden),
        ...expectEqual(
          overridden,
          { wanted: { given: otherName }, got: { given: nameIn(overridden) } },
          { code: 'override-ignored', title: 'Der beim Abruf verlangte Dateiname wird nicht verwendet' },
        ),
      ],
      `${names.length} Namen unverändert, ein beim Abruf verlangter verwendet`,
    );
  },
});

async function roundTrip(tools: Tools, session: Session, name: string): Promise<Answer> {
  const address = await stored(tools.request, session, textFile(tools, name));
  return premise(await download(tools.request, session, address));
}

const nameIn = ({ headers }: Answer): string | undefined => dispositionOf(headers['content-disposition'])?.filename;

function renaming(name: string): Alteration {
  return withHeader('content-disposition', `inline; filename="${name}"`);
}
