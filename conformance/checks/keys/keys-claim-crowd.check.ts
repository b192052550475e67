import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type AlterableAnswer, setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { objectAt } from '../../lib/json.ts';
import { claimedKeys, claimKey, claimPath, uploadKeys } from '../../lib/key-requests.ts';
import { type Claim, expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

/** Keys and requests of one round; a race that shows in some rounds only is met in one of many. */
const crowd = 24;
const roundCount = 16;

// While there are one-time keys, everybody who asks gets one of their own, also when many ask at the same moment.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysclaim
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.keys-claim-crowd',
    title: 'Solange Einmalschlüssel da sind, erhält jede von vielen gleichzeitigen Anfragen einen eigenen',
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
    {
      title: 'Ein einziges Mal erhalten zwei gleichzeitige Anfragen denselben Schlüssel',
      defect: {
        when: { path: claimPath },
        alter: (answer, { earlier }) =>
          earlier.length === 4 * crowd + 9 ? { ...answer, json: earlier.findLast(isServed)?.json } : answer,
      },
      expectFinding: 'given-twice',
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const keys = createDeviceKeys(alice, tools.random);
    premise(await uploadKeys(tools.request, alice, { device_keys: keys.deviceKeys }));
    const rounds: (readonly Answer[])[] = [];
    for (let round = 1; round <= roundCount; round++) {
      premise(await uploadKeys(tools.request, alice, { one_time_keys: keys.oneTimeKeys(crowd) }));
      rounds.push(await claimTogether(tools, alice, bob));
    }
    const keysOf = (answer: Answer) => Object.keys(claimedKeys(answer, alice));
    const unserved = rounds.map((answers) => answers.filter((answer) => keysOf(answer).length === 0));
    return outcomeOf(
      [...unservedFindings(unserved.filter(({ length }) => length > 0)), ...doubleFindings(rounds.flat(), keysOf)],
      `${roundCount} Runden mit je ${crowd} gleichzeitigen Anfragen: jede erhielt einen eigenen Schlüssel`,
    );
  },
});

const isServed = ({ json }: AlterableAnswer): boolean => Object.keys(objectAt(json, ['one_time_keys'])).length > 0;

/** A key that two people hold is no longer one for a single use. */
function doubleFindings(answers: readonly Answer[], keysOf: (answer: Answer) => readonly string[]): Findings {
  const given = new Set<string>();
  const repeating = answers.filter((answer) => {
    const names = keysOf(answer);
    const isRepeating = names.some((name) => given.has(name));
    for (const name of names) given.add(name);
    return isRepeating;
  });
  return repeating.slice(0, 1).flatMap((first) =>
    expectThat(first, false, {
      code: 'given-twice',
      title: 'Ein Einmalschlüssel geht an mehrere gleichzeitige Anfragen',
      expected: 'jeder Schlüssel für eine einzige Anfrage',
      observed: `${repeating.length} Anfragen erhalten einen schon vergebenen Schlüssel`,
    }),
  );
}

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
