import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';

/** Names no file has, written so that careless programs leave their folder. */
const tricks = [
  '..%2F..%2F..%2Fetc%2Fpasswd',
  '..%5C..%5Cetc%5Cpasswd',
  '%2Fetc%2Fpasswd',
  '..',
  '%2e%2e%2f%2e%2e%2fhomeserver.yaml',
];

// Whatever stands in the address of a file, the server never leaves its store.
// https://spec.matrix.org/v1.19/client-server-api/#security-considerations-5
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-traversal',
    title: 'Mit Pfadangaben in Dateiadressen lässt sich nichts vom Server abrufen',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('content-repository'),
  },
  counterexamples: [
    {
      title: 'Eine Datei des Servers wird geliefert',
      defect: { when: { path: /\/media\/v3\/download\/.*passwd/ }, alter: answering(200, {}) },
      expectFinding: 'served',
    },
    {
      title: 'Als Vorschaubild wird eine Datei des Servers geliefert',
      defect: { when: { path: /\/media\/v3\/thumbnail\/.*passwd/ }, alter: answering(200, {}) },
      expectFinding: 'served',
    },
    {
      title: 'Der Server stolpert über den Servernamen',
      defect: {
        when: { path: /\/download\/\.\.%2F/ },
        alter: answering(500, { errcode: 'M_UNKNOWN', error: 'altered' }),
      },
      expectFinding: 'server-error',
    },
  ],
  async run({ request, target }) {
    const answers: Answer[] = [];
    const params = { serverName: target.serverName };
    const query = { width: '32', height: '32', method: 'scale' };
    for (const trick of tricks) {
      answers.push(await request('GET', `/_matrix/media/v3/download/{serverName}/${trick}`, { params }));
      answers.push(await request('GET', `/_matrix/media/v3/thumbnail/{serverName}/${trick}`, { params, query }));
      answers.push(await request('GET', `/_matrix/media/v3/download/${trick}/abc`));
    }
    return outcomeOf(answers.flatMap(refusedFindings), `${answers.length} Versuche, jeder abgelehnt`);
  },
});

const refusedFindings = (answer: Answer): Findings =>
  expectThat(answer, isRefusal(answer), {
    code: 'served',
    title: 'Eine Pfadangabe in der Dateiadresse wird nicht abgelehnt',
    expected: 'Status 400, 403 oder 404',
    observed: `Status ${answer.status} mit ${answer.bytes.length} Bytes`,
  });

const codes = ['M_NOT_FOUND', 'M_UNRECOGNIZED', 'M_INVALID_PARAM', 'M_FORBIDDEN'];

/** What stands before the server may refuse with a page; an inner error is told by the family as what it is. */
function isRefusal({ status, json }: Answer): boolean {
  const errcode = stringAt(json, ['errcode']);
  const isNamed = errcode === undefined || codes.includes(errcode);
  return status >= 500 || ([400, 403, 404].includes(status) && isNamed);
}
