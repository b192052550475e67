import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { claimedKeys, claimKey, claimPath, uploadKeys } from '../../lib/key-requests.ts';
import { type Claim, expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

/** Keys and requests of one round; a race that shows in some rounds only is met in one of many. */
const crowd = 24;
const roundCount = 16;

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
          seen.earlier.length >= 8 * crowd ? setting(['one_time_keys'], {})(answer, seen) : answer,
      },
      expectFinding: 'nobody-served',
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const keys = createDeviceKeys(alice, tools.random);
    premise(await uploadKeys(tools.request, alice, { device_keys: keys.deviceKeys }));
    const unserved: (readonly Answer[])[] = [];
    for (let round = 1; round <= roundCount; round++) {
      premise(await uploadKeys(tools.request, alice, { one_time_keys: keys.oneTimeKeys(crowd) }));
      const answers = await claimTogether(tools, alice, bob);
      unserved.push(answers.filter((answer) => Object.keys(claimedKeys(answer, alice)).length === 0));
    }
    return outcomeOf(
      unservedFindings(unserved.filter(({ length }) => length > 0)),
      `${roundCount} Runden mit je ${crowd} gleichzeitigen Anfragen: keine ging leer aus`,
    );
  },
});

function unservedFindings(rounds: readonly (readonly Answer[])[]): Findings {
  const whole = rounds.filter(({ length }) => length === crowd);
  const some = rounds.filter(({ length }) => length < crowd);
  return [
    ...roundFindings(whole, {
      code: 'nobody-served',
      title: 'Von vielen gleichzeitigen Anfragen erhält keine einen Einmalschlüssel',
    }),
    ...roundFindings(some, {
      code: 'empty-handed',
      title: 'Eine Anfrage erhält keinen Einmalschlüssel, obwohl noch welche da sind',
    }),
  ];
}

function roundFindings(rounds: readonly (readonly Answer[])[], claim: Claim): Findings {
  const [first] = rounds.flat();
  if (first === undefined) return [];
  return expectThat(first, false, {
    ...claim,
    expected: `${crowd} Schlüssel für ${crowd} gleichzeitige Anfragen, ${roundCount} Runden`,
    observed: `${rounds.flat().length} Anfragen ohne Schlüssel in ${rounds.length} Runden`,
  });
}

async function claimTogether({ request }: Tools, owner: Session, claimer: Session): Promise<readonly Answer[]> {
  const asking = Array.from({ length: crowd }, () => claimKey(request, claimer, owner));
  return (await Promise.all(asking)).map((answer) => premise(answer));
}
