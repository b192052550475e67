import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { canonicalJson, objectAt } from '../../lib/json.ts';
import { claimedKeys, claimKey, claimPath, uploadKeys } from '../../lib/key-requests.ts';
import { expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const count = 12;

// Each one-time key is given to one person only, also when many ask at the same moment; then there are none left.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysclaim
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.keys-claim',
    title: 'Jeder Einmalschlüssel wird nur einmal vergeben, auch bei gleichzeitigen Anfragen',
    requirements: ['VE-19', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3keysclaim'),
  },
  counterexamples: [
    {
      title: 'Zwei Personen erhalten denselben Schlüssel',
      defect: { when: { path: claimPath }, alter: repeatFirst },
      expectFinding: 'claimed-twice',
    },
    {
      title: 'Der Server gibt einen Schlüssel aus, den das Gerät nie veröffentlicht hat',
      defect: {
        when: { path: claimPath },
        alter: (answer) => ({
          ...answer,
          json: JSON.parse(JSON.stringify(answer.json).replaceAll('"key":"', '"key":"A')),
        }),
      },
      expectFinding: 'foreign-key',
    },
    {
      title: 'Der Server verliert alle Schlüssel',
      defect: { when: { path: claimPath }, alter: setting(['one_time_keys'], {}) },
      expectFinding: 'keys-lost',
    },
    {
      title: 'Ist der Vorrat erschöpft, wird ein Schlüssel ein zweites Mal vergeben',
      defect: {
        when: { path: claimPath },
        alter: (answer, seen) =>
          seen.earlier.length >= count && isEmpty(answer.json) ? repeatFirst(answer, seen) : answer,
      },
      expectFinding: 'claimed-twice',
    },
  ],
  async run({ request, user, random }) {
    const alice = await user('alice');
    const claimers = [await user('bob'), await user('carol'), await user('dave')];
    const keys = createDeviceKeys(alice, random);
    const published = keys.oneTimeKeys(count);
    const uploaded = premise(
      await uploadKeys(request, alice, { device_keys: keys.deviceKeys, one_time_keys: published }),
    );
    const askers = Array.from({ length: count / claimers.length }, () => claimers).flat();
    const answers = (await Promise.all(askers.map((claimer) => claimKey(request, claimer, alice)))).map((one) =>
      premise(one),
    );
    // Whoever came away empty-handed in the crowd is another check's matter; here it counts that nothing is lost or doubled.
    for (let more = 0; more <= count; more++) {
      const answer = premise(await claimKey(request, alice, alice));
      answers.push(answer);
      if (isEmpty(answer.json)) break;
    }
    const last = answers.at(-1) ?? uploaded;
    const handedOut = answers.flatMap((answer) => Object.entries(claimedKeys(answer, alice)));
    const names = handedOut.map(([name]) => name);
    const foreign = handedOut.filter(([name, key]) => canonicalJson(published[name]) !== canonicalJson(key));
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    return outcomeOf(
      [
        ...expectThat(last, twice.length === 0, {
          code: 'claimed-twice',
          title: 'Ein Einmalschlüssel wird mehrfach vergeben',
          expected: 'jeder Schlüssel höchstens einmal',
          observed: `mehrfach: ${[...new Set(twice)].join(', ')}`,
        }),
        ...expectThat(last, foreign.length === 0, {
          code: 'foreign-key',
          title: 'Der Server vergibt einen Schlüssel, den das Gerät nicht veröffentlicht hat',
          expected: 'nur veröffentlichte Schlüssel',
          observed: foreign.map(([name]) => name).join(', '),
        }),
        ...expectThat(last, new Set(names).size === count, {
          code: 'keys-lost',
          title: 'Nicht alle veröffentlichten Einmalschlüssel werden vergeben',
          expected: `${count} verschiedene Schlüssel`,
          observed: `${new Set(names).size} verschiedene Schlüssel`,
        }),
      ],
      `${count} gleichzeitige und ${answers.length - count} weitere Anfragen: jeder der ${count} Schlüssel genau einmal vergeben`,
    );
  },
});

const isEmpty = (json: unknown): boolean => Object.keys(objectAt(json, ['one_time_keys'])).length === 0;

function repeatFirst(...[answer, { earlier }]: Parameters<Alteration>): ReturnType<Alteration> {
  const first = earlier.find(({ json }) => !isEmpty(json));
  return first === undefined ? answer : { ...answer, json: first.json };
}
