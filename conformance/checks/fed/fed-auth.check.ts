import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, withStatus } from '../../lib/defect.ts';
import { expectStatus } from '../../lib/match.ts';
import { serverClause } from '../../lib/server-api.ts';
import { createServerIdentity } from '../../peer/identity.ts';
import { openPeer } from '../../peer/peer.ts';

const path = '/_matrix/federation/v1/publicRooms';
const letIn = (nth: number) => ({ when: { path }, alter: onlyNth(nth, answering(200, { chunk: [] })) });

// A homeserver answers for whoever shows the published key, and only for a request that was meant for it.
// https://spec.matrix.org/v1.19/server-server-api/#request-authentication
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-auth',
    title: 'Der Server prüft Unterschrift und Empfänger jeder Anfrage eines anderen Homeservers',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('request-authentication'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Auch eine gültige Unterschrift wird abgewiesen',
      defect: { when: { path }, alter: onlyNth(1, withStatus(401)) },
      expectFinding: 'rightly-signed-refused',
    },
    {
      title: 'Eine Anfrage für einen anderen Empfänger wird beantwortet',
      defect: letIn(2),
      expectFinding: 'other-destination-answered',
    },
    {
      title: 'Ein anderer Schlüssel unter demselben Namen genügt',
      defect: letIn(3),
      expectFinding: 'other-key-answered',
    },
    {
      title: 'Ein Schlüssel, den der andere Homeserver nicht veröffentlicht, genügt',
      defect: letIn(4),
      expectFinding: 'unpublished-key-answered',
    },
    {
      title: 'Die Unterschrift einer anderen Anfrage genügt',
      defect: letIn(5),
      expectFinding: 'other-request-answered',
    },
  ],
  async run(tools) {
    const peer = await openPeer(tools);
    const { keyName } = peer.identity;
    const stranger = createServerIdentity(peer.serverName, tools.random);
    const right = await peer.ask('GET', path, { query: { limit: '1' } });
    const otherDestination = await peer.ask('GET', path, { destination: 'elsewhere.example.org' });
    const otherKey = await peer.ask('GET', path, { as: { ...stranger, keyName } });
    const unpublished = await peer.ask('GET', path, { as: stranger });
    const { authorization = '' } = peer.signedHeaders('GET', `${path}?limit=2`);
    const otherRequest = await tools.request('GET', path, { headers: { authorization } });
    return outcomeOf(
      [
        ...expectStatus(right, 200, {
          code: 'rightly-signed-refused',
          title: 'Eine richtig unterschriebene Anfrage eines anderen Homeservers wird nicht beantwortet',
        }),
        ...expectStatus(otherDestination, 401, {
          code: 'other-destination-answered',
          title: 'Eine Anfrage, die für einen anderen Homeserver unterschrieben ist, wird nicht abgewiesen',
        }),
        ...expectStatus(otherKey, 401, {
          code: 'other-key-answered',
          title: 'Eine Unterschrift mit einem anderen als dem veröffentlichten Schlüssel wird nicht abgewiesen',
        }),
        ...expectStatus(unpublished, 401, {
          code: 'unpublished-key-answered',
          title: 'Eine Unterschrift mit einem nicht veröffentlichten Schlüssel wird nicht abgewiesen',
        }),
        ...expectStatus(otherRequest, 401, {
          code: 'other-request-answered',
          title: 'Die Unterschrift einer anderen Anfrage wird nicht abgewiesen',
        }),
      ],
      'Richtig unterschrieben: beantwortet; anderer Empfänger, Schlüssel oder Inhalt: 401',
    );
  },
});
