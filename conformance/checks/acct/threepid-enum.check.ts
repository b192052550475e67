import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { objectAt } from '../../lib/json.ts';
import { emailTokenPath, newAddress, withAddress } from '../../lib/mail-address.ts';
import { expectEqual, expectStatus, type Findings } from '../../lib/match.ts';
import type { Tools } from '../../lib/tools.ts';

const registerPath = '/_matrix/client/v3/register/email/requestToken';
const passwordPath = '/_matrix/client/v3/account/password/email/requestToken';
const inUse = answering(400, { errcode: 'M_THREEPID_IN_USE', error: 'altered' });

// Whoever asks for a mail learns nothing about whether the address belongs to somebody; with this variant's setting Synapse promises it.
// https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#request_token_inhibit_3pid_errors
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.threepid-enum',
    title: 'Die Bitte um eine Bestätigungsmail verrät nicht, ob eine Adresse zu einem Konto gehört',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3accountpasswordemailrequesttoken'),
    standing: 'informative',
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Bei der Registrierung wird eine bekannte Adresse verraten',
      defect: { when: { path: registerPath }, alter: onlyNth(1, inUse) },
      expectFinding: 'revealed',
    },
    {
      title: 'Beim Aufnehmen in ein Konto wird eine bekannte Adresse verraten',
      defect: { when: { path: emailTokenPath }, alter: onlyNth(2, inUse) },
      expectFinding: 'revealed',
    },
    {
      title: 'Beim Zurücksetzen des Kennworts wird eine unbekannte Adresse verraten',
      defect: {
        when: { path: passwordPath },
        alter: onlyNth(2, answering(400, { errcode: 'M_THREEPID_NOT_FOUND', error: 'altered' })),
      },
      expectFinding: 'revealed',
    },
    {
      title: 'Es wird gar keine Mail versprochen',
      defect: { when: { path: passwordPath }, alter: answering(400, { errcode: 'M_UNKNOWN', error: 'altered' }) },
      expectFinding: 'no-mail',
    },
  ],
  async run(tools) {
    const owner = await tools.account('enum', 'ordinary');
    const session = await tools.device(owner);
    const known = await withAddress(tools, { session, password: owner.password });
    const other = await tools.user('other');
    const findings: Findings[] = [];
    for (const path of [registerPath, emailTokenPath, passwordPath]) {
      findings.push(await comparisonFindings(tools, { path, known, session: other }));
    }
    return outcomeOf(
      findings.flat(),
      'Drei Wege zu einer Mail: bekannte und unbekannte Adresse werden gleich beantwortet',
    );
  },
});

interface Comparison {
  readonly path: string;
  readonly known: string;
  readonly session: Session;
}

async function comparisonFindings(tools: Tools, { path, known, session }: Comparison): Promise<Findings> {
  const ask = (email: string) => {
    const body = { client_secret: tools.random.word(20), email, send_attempt: 1 };
    return tools.request('POST', path, { body, ...(path === emailTokenPath && { session }) });
  };
  const ofKnown = await ask(known);
  const ofUnknown = await ask(newAddress(tools));
  return [
    ...expectStatus(ofUnknown, 200, {
      code: 'no-mail',
      title: 'Für eine unbekannte Adresse wird keine Mail versprochen',
    }),
    ...expectEqual(
      ofKnown,
      { wanted: shapeOf(ofUnknown), got: shapeOf(ofKnown) },
      { code: 'revealed', title: 'Die Antwort verrät, ob eine Mailadresse zu einem Konto gehört' },
    ),
  ];
}

const shapeOf = ({ status, json }: Answer) => ({ status, keys: Object.keys(objectAt(json, [])).toSorted() });
