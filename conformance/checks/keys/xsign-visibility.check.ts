import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { createIdentity, identityBody, publishIdentity } from '../../lib/cross-signing.ts';
import { setting } from '../../lib/defect.ts';
import { objectAt } from '../../lib/json.ts';
import { queryKeys, queryPath } from '../../lib/key-requests.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

// Whom a person has verified is their own affair: the key that says so is shown to them alone.
// Needs an account without an identity.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysquery
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.xsign-visibility',
    title: 'Den Schlüssel, mit dem jemand andere bestätigt, sieht nur diese Person selbst',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3keysquery'),
  },
  counterexamples: [
    {
      title: 'Andere sehen den Schlüssel auch',
      defect: {
        when: { path: queryPath },
        alter: (answer, { earlier }) => earlier[0] ?? answer,
      },
      expectFinding: 'shown-to-others',
    },
    {
      title: 'Die Person selbst sieht ihn nicht',
      defect: { when: { path: queryPath }, alter: setting(['user_signing_keys'], {}) },
      expectFinding: 'hidden-from-owner',
    },
    {
      title: 'Andere sehen auch den Hauptschlüssel nicht',
      defect: { when: { path: queryPath }, alter: setting(['master_keys'], {}) },
      expectFinding: 'master-hidden',
    },
  ],
  async run(tools) {
    const { request, user, random } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const identity = createIdentity(alice, random);
    premise(await publishIdentity(tools, alice, identityBody(identity)));
    const own = premise(await queryKeys(request, alice, { [alice.userId]: [] }));
    const others = premise(await queryKeys(request, bob, { [alice.userId]: [] }));
    const names = (json: unknown, kind: string) => Object.values(objectAt(json, [kind, alice.userId, 'keys']));
    const { master, selfSigning, userSigning } = identity.names;
    return outcomeOf(
      [
        ...expectEqual(
          own,
          { wanted: [userSigning], got: names(own.json, 'user_signing_keys') },
          { code: 'hidden-from-owner', title: 'Der eigene Schlüssel zum Bestätigen anderer fehlt' },
        ),
        ...expectEqual(
          others,
          { wanted: [], got: names(others.json, 'user_signing_keys') },
          { code: 'shown-to-others', title: 'Der Schlüssel zum Bestätigen anderer ist für andere sichtbar' },
        ),
        ...expectEqual(
          others,
          {
            wanted: [master, selfSigning],
            got: [...names(others.json, 'master_keys'), ...names(others.json, 'self_signing_keys')],
          },
          { code: 'master-hidden', title: 'Die Identität ist für andere nicht zu sehen' },
        ),
      ],
      'Die Person selbst sieht alle drei Schlüssel, andere nur die zwei für sie bestimmten',
    );
  },
});
