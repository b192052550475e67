import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectError, expectStatus, expectThat, type Findings, shown } from '../../lib/match.ts';
import { passwordFrom } from '../../lib/password-from.ts';
import { completeRegistration, isProperLocalpart, offerOrRefusal, registerPath } from '../../lib/registration.ts';
import type { Tools } from '../../lib/tools.ts';

const when = { method: 'POST', path: registerPath };
const wrongCharacters = [' ', 'ä', '@', ':', '#', '"', '\u0000', '😀'];

// A name outside the grammar is refused before anything else, or mapped onto a proper id; every permitted mark is accepted.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-charset',
    title: 'Namen mit unzulässigen Zeichen werden abgelehnt, alle zulässigen Satzzeichen angenommen',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3register'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Ein unzulässiger Name wird mit einem anderen Fehler abgelehnt',
      defect: {
        when,
        alter: (answer, seen) => (answer.status === 400 ? setting(['errcode'], 'M_UNKNOWN')(answer, seen) : answer),
      },
      expectFinding: 'refused-otherwise',
    },
    {
      title: 'Ein unzulässiger Name wird unverändert zum Konto',
      defect: {
        when,
        alter: (answer, seen) =>
          answer.status === 400 ? answering(200, { user_id: '@lab ä:example.org' })(answer, seen) : answer,
      },
      expectFinding: 'wrong-id',
    },
    {
      title: 'Zulässige Satzzeichen werden abgelehnt',
      defect: {
        when,
        alter: (answer, seen) =>
          (stringAt(seen.requestJson, ['username']) ?? '').includes('+')
            ? answering(400, { errcode: 'M_INVALID_USERNAME', error: 'altered' })(answer, seen)
            : answer,
      },
      expectFinding: 'punctuation-refused',
    },
  ],
  async run(tools) {
    const { request, random } = tools;
    const findings: Findings[] = [];
    for (const character of wrongCharacters) findings.push(await wrongNameFindings(tools, character));
    const username = `lab.${random.word(8)}_=-/+1`;
    const password = passwordFrom(random);
    const offer = await offerOrRefusal(request, { username, password });
    const made =
      offer.session === undefined
        ? offer.answer
        : await completeRegistration(request, { username, password }, offer.session);
    const refused = { code: 'punctuation-refused', title: 'Ein Name aus zulässigen Zeichen wird abgelehnt' };
    return outcomeOf(
      [...findings.flat(), ...expectStatus(made, 200, refused)],
      `${wrongCharacters.length} Namen mit unzulässigen Zeichen abgelehnt oder umgeschrieben, alle zulässigen Satzzeichen angenommen`,
    );
  },
});

async function wrongNameFindings({ request, random }: Tools, character: string): Promise<Findings> {
  const wanted = { username: `lab${character}${random.word(8)}`, password: passwordFrom(random) };
  const { answer, session } = await offerOrRefusal(request, wanted);
  const last = session === undefined ? answer : await completeRegistration(request, wanted, session);
  if (last.status !== 200) {
    const claim = { code: 'refused-otherwise', title: 'Ein unzulässiger Name wird mit falschem Fehler abgelehnt' };
    return expectError(answer, { status: 400, errcode: 'M_INVALID_USERNAME' }, claim);
  }
  const userId = stringAt(last.json, ['user_id']);
  return expectThat(last, isProperLocalpart(userId), {
    code: 'wrong-id',
    title: 'Ein unzulässiger Name wird zu einer unzulässigen Kennung',
    expected: '400 mit M_INVALID_USERNAME oder eine Kennung nach der Grammatik',
    observed: shown(userId),
  });
}
