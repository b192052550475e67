import { outcomeOf } from '../../../core/model/outcome.ts';
import { registerAsService } from '../../lib/application-service.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { passwordFrom } from '../../lib/password-from.ts';
import { registerPath } from '../../lib/registration.ts';

const when = { method: 'POST', path: registerPath };

// A service makes accounts in the namespace that is its own, nowhere else, and nobody else makes one there.
// https://spec.matrix.org/v1.19/application-service-api/#server-admin-style-permissions
export const check = conformanceCheck({
  meta: {
    id: 'conformance.as.as-register',
    title: 'Ein angebundener Dienst legt Konten nur in seinem Namensraum an, und nur er dort',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3register'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Das Konto des Dienstes trägt einen anderen Namen',
      defect: { when, alter: onlyNth(1, setting(['user_id'], '@fremd:example.org')) },
      expectFinding: 'other-name',
    },
    {
      title: 'Der Dienst erhält ein Konto außerhalb seines Namensraums',
      defect: { when, alter: onlyNth(2, answering(200, { user_id: '@fremd:example.org' })) },
      expectFinding: 'outside',
    },
    {
      title: 'Ein Mensch erhält einen Namen des Dienstes',
      defect: { when, alter: onlyNth(3, answering(200, { user_id: '@fremd:example.org' })) },
      expectFinding: 'taken-by-person',
    },
    {
      title: 'Ein unbekannter Schlüssel gilt als der eines Dienstes',
      defect: { when, alter: onlyNth(4, answering(200, { user_id: '@fremd:example.org' })) },
      expectFinding: 'unknown-service',
    },
  ],
  async run({ request, random, surroundings, target }) {
    const service = surroundings().applicationService;
    const username = `${service.prefix}${random.word(10)}`;
    const made = await registerAsService(request, service, username);
    const outside = await registerAsService(request, service, `lab-${random.word(10)}`);
    const wanted = { username: `${service.prefix}${random.word(10)}`, password: passwordFrom(random) };
    const person = await request('POST', registerPath, { body: wanted });
    const unknown = await registerAsService(request, { ...service, token: random.word(32) }, `${username}-x`);
    return outcomeOf(
      [
        ...expectEqual(
          made,
          { wanted: `@${username}:${target.serverName}`, got: stringAt(made.json, ['user_id']) },
          { code: 'other-name', title: 'Ein Dienst erhält in seinem Namensraum nicht das gewünschte Konto' },
        ),
        ...expectError(
          outside,
          { status: 400, errcode: 'M_EXCLUSIVE' },
          { code: 'outside', title: 'Ein Dienst darf außerhalb seines Namensraums Konten anlegen' },
        ),
        ...expectError(
          person,
          { status: 400, errcode: 'M_EXCLUSIVE' },
          { code: 'taken-by-person', title: 'Ein Name aus dem Namensraum eines Dienstes wird anderen angeboten' },
        ),
        ...expectError(
          unknown,
          { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
          { code: 'unknown-service', title: 'Ein unbekannter Schlüssel gilt als der eines Dienstes' },
        ),
      ],
      'Konto im Namensraum angelegt; außerhalb, durch andere und mit unbekanntem Schlüssel abgelehnt',
    );
  },
});
