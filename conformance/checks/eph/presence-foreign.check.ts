import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { getPresence, presenceIsOff, presenceOff, presenceTemplate, setPresence } from '../../lib/presence.ts';
import { expectForbidden } from '../../lib/refusals.ts';

const claims = {
  set: { code: 'foreign-set', title: 'Die Anwesenheit anderer lässt sich setzen' },
  read: { code: 'stranger-reads', title: 'Wer keinen Raum teilt, kann die Anwesenheit abfragen' },
  effect: { code: 'foreign-changed', title: 'Ein verweigerter Versuch hat die Anwesenheit anderer verändert' },
};

// One's presence is one's own to set, and to be read by those one shares a room with.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3presenceuseridstatus
export const check = conformanceCheck({
  meta: {
    id: 'conformance.eph.presence-foreign',
    title: 'Die Anwesenheit anderer lässt sich nicht setzen und ohne gemeinsamen Raum nicht lesen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('get_matrixclientv3presenceuseridstatus'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Jeder setzt die Anwesenheit anderer',
      defect: {
        when: { method: 'PUT', path: presenceTemplate },
        alter: (answer, seen) => (answer.status === 403 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: claims.set.code,
    },
    {
      title: 'Jeder liest die Anwesenheit anderer',
      defect: {
        when: { method: 'GET', path: presenceTemplate },
        alter: (answer, seen) =>
          answer.status === 403 ? answering(200, { presence: 'online' })(answer, seen) : answer,
      },
      expectFinding: claims.read.code,
    },
    {
      title: 'Der verweigerte Versuch wirkt',
      defect: {
        when: { method: 'GET', path: presenceTemplate },
        alter: (answer, seen) =>
          seen.earlier.length > 1 ? answering(200, { presence: 'unavailable' })(answer, seen) : answer,
      },
      expectFinding: claims.effect.code,
    },
  ],
  async run({ request, user }) {
    const alice = await user('alice');
    if (await presenceIsOff(request, alice)) return notApplicable(presenceOff);
    const bob = await user('bob');
    const set = await setPresence(request, bob, { presence: 'unavailable' }, alice.userId);
    const read = await getPresence(request, bob, alice.userId);
    const after = premise(await getPresence(request, alice, alice.userId));
    return outcomeOf(
      [
        ...expectForbidden(set, claims.set),
        ...expectForbidden(read, claims.read),
        ...expectEqual(after, { wanted: 'online', got: valueAt(after.json, ['presence']) }, claims.effect),
      ],
      'Setzen und Lesen ohne gemeinsamen Raum: 403, nichts verändert',
    );
  },
});
