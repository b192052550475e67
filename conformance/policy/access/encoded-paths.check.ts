import { outcomeOf } from '../../../core/model/outcome.ts';
import { answering } from '../../lib/defect.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { policyCheck } from '../lib/policy-check.ts';

const path = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}';
// Dot segments are left out: an edge may refuse them, and should where they would lead elsewhere.
const stateKeys = ['teil/zwei', 'raute#zwei', 'prozent%2Fzwei', 'leer zeichen', 'doppel//strich'];

// The other side of closing paths: an edge that rewrites encoded characters loses events of honest clients.
// Synapse, documentation of the reverse proxy: URIs are not normalised.
export const check = policyCheck({
  meta: {
    id: 'policy.access.encoded-paths',
    title: 'Der Zugang reicht kodierte Zeichen in Kennungen unverändert durch',
    requirements: ['SI-07'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: 'https://element-hq.github.io/synapse/latest/reverse_proxy.html',
  },
  counterexamples: [
    {
      title: 'Der Zugang dekodiert %2F und findet die Adresse nicht mehr',
      defect: { when: { path: /%2F/i }, alter: answering(404, { errcode: 'M_UNRECOGNIZED', error: 'altered' }) },
      expectFinding: 'not-passed-on',
    },
    {
      title: 'Unter der kodierten Kennung liegt etwas anderes',
      defect: { when: { method: 'GET', path: /%23/ }, alter: answering(200, { key: 'raute' }) },
      expectFinding: 'other-content',
    },
  ],
  async run({ request, user, room }) {
    const session = await user('encoded');
    const roomId = await room(session);
    const findings = [];
    for (const stateKey of stateKeys) {
      const at = { params: { roomId, eventType: 'de.pruefstand.encoded', stateKey }, session };
      const written = await request('PUT', path, { ...at, body: { key: stateKey } });
      const read = await request('GET', path, at);
      findings.push(
        ...[written, read].flatMap((answer) =>
          expectStatus(answer, 200, {
            code: 'not-passed-on',
            title: 'Kodierte Zeichen in einer Kennung gehen am Zugang verloren',
          }),
        ),
        ...expectEqual(
          read,
          { wanted: { key: stateKey }, got: read.json },
          {
            code: 'other-content',
            title: 'Unter einer Kennung mit kodierten Zeichen liegt etwas anderes als geschrieben',
          },
        ),
      );
    }
    return outcomeOf(
      findings,
      `Kennungen ${stateKeys.map((key) => `„${key}“`).join(', ')} geschrieben und unverändert gelesen`,
    );
  },
});
