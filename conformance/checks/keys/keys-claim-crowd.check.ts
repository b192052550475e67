import type { Session } from '../../../core/model/bench.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { claimedKeys, claimKey, claimPath, uploadKeys } from '../../lib/key-requests.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

/** Keys and requests of one round; a race that shows in some rounds only is met in one of many. */
const crowd = 24;
const mostRounds = 8;

// While there are one-time keys, everybody who asks gets one, also when many ask at the same moment.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysclaim
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.keys-claim-crowd',
    title: 'Solange Einmalschlüssel da sind, erhält jede von vielen gleichzeitigen Anfragen einen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: clause('post_matrixclientv3keysclaim'),
    rows: ['keys-claim'],
  },
  counterexamples: [
    {
      title: 'In der zweiten Hälfte geht die ganze Menge leer aus',
      defect: {
        when: { path: claimPath },
        alter: (answer, seen) =>
          seen.earlier.length >= 4 * crowd ? setting(['one_time_keys'], {})(answer, seen) : answer,
      },
      expectFinding: 'nobody-served',
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const keys = createDeviceKeys(alice, tools.random);
    premise(await uploadKeys(tools.request, alice, { device_keys: keys.deviceKeys }));
    const worst = new Map<string, Finding>();
    for (let round = 1; round <= mostRounds; round++) {
      premise(await uploadKeys(tools.request, alice, { one_time_keys: keys.oneTimeKeys(crowd) }));
      const answers = await claimTogether(tools, alice, bob);
      for (const finding of roundFindings(answers, alice, round)) worst.set(finding.code, finding);
      if (worst.has('nobody-served')) break;
    }
    if (worst.size > 0) return outcomeOf([...worst.values()], '');
    return outcomeOf([], `${mostRounds} Runden mit je ${crowd} gleichzeitigen Anfragen: keine ging leer aus`);
  },
});

function roundFindings(answers: readonly Answer[], owner: Session, round: number): Findings {
  const [first, ...others] = answers.filter((answer) => Object.keys(claimedKeys(answer, owner)).length === 0);
  if (first === undefined) return [];
  const many = 1 + others.length;
  return expectThat(first, false, {
    ...(many === crowd
      ? { code: 'nobody-served', title: 'Von vielen gleichzeitigen Anfragen erhält keine einen Einmalschlüssel' }
      : { code: 'empty-handed', title: 'Eine Anfrage erhält keinen Einmalschlüssel, obwohl noch welche da sind' }),
    expected: `${crowd} Schlüssel für ${crowd} gleichzeitige Anfragen`,
    observed: `${many} Anfragen ohne Schlüssel in Runde ${round} von höchstens ${mostRounds}`,
  });
}

async function claimTogether({ request }: Tools, owner: Session, claimer: Session): Promise<readonly Answer[]> {
  const asking = Array.from({ length: crowd }, () => claimKey(request, claimer, owner));
  return (await Promise.all(asking)).map((answer) => premise(answer));
}
