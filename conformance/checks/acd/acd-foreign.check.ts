import { outcomeOf } from '../../../core/model/outcome.ts';
import { getAccountData, globalDataTemplate, roomDataTemplate, setAccountData } from '../../lib/account-data.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { expectForbidden } from '../../lib/refusals.ts';

const type = 'de.pruefstand.account-data';
const claims = {
  read: { code: 'foreign-read', title: 'Kontodaten anderer Personen sind lesbar' },
  written: { code: 'foreign-written', title: 'Kontodaten anderer Personen lassen sich setzen' },
  effect: { code: 'foreign-changed', title: 'Ein verweigerter Schreibversuch hat fremde Kontodaten verändert' },
};

// What a client keeps about its user is nobody else's business.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridaccount_datatype
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acd.acd-foreign',
    title: 'Kontodaten anderer Personen lassen sich weder lesen noch setzen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3useruseridaccount_datatype'),
  },
  counterexamples: [
    {
      title: 'Fremde Kontodaten werden gezeigt',
      defect: {
        when: { method: 'GET', path: globalDataTemplate },
        alter: (answer, seen) => (answer.status === 403 ? answering(200, { wert: 1 })(answer, seen) : answer),
      },
      expectFinding: claims.read.code,
    },
    {
      title: 'Fremde Kontodaten zu Räumen werden gesetzt',
      defect: {
        when: { method: 'PUT', path: roomDataTemplate },
        alter: (answer, seen) => (answer.status === 403 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: claims.written.code,
    },
    {
      title: 'Trotz Verweigerung sind sie verändert',
      defect: {
        when: { method: 'GET', path: globalDataTemplate },
        alter: (answer, seen) => (answer.status === 200 ? answering(200, { wert: 'fremd' })(answer, seen) : answer),
      },
      expectFinding: claims.effect.code,
    },
  ],
  async run({ request, user, room, random }) {
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice);
    const content = { wert: random.word(12) };
    const { userId } = alice;
    const keys = [{ type }, { type, roomId }];
    for (const key of keys) premise(await setAccountData(request, alice, key, content));
    const findings = [];
    for (const key of keys) {
      const written = await setAccountData(request, bob, { ...key, userId }, { wert: 'fremd' });
      const read = await getAccountData(request, bob, { ...key, userId });
      const after = premise(await getAccountData(request, alice, key));
      findings.push(
        ...expectForbidden(written, claims.written),
        ...expectForbidden(read, claims.read),
        ...expectEqual(after, { wanted: content, got: after.json }, claims.effect),
      );
    }
    return outcomeOf(findings, 'Allgemein und zum Raum: Lesen und Setzen durch andere 403, nichts verändert');
  },
});
