import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { createDeviceKeys, signedCurve } from '../../lib/device-keys.ts';
import { valueAt } from '../../lib/json.ts';
import { uploadKeys, uploadPath } from '../../lib/key-requests.ts';
import { expectEqual, expectThat, type Findings } from '../../lib/match.ts';

const count = 5;

// The server takes a device's keys, counts its one-time keys, and takes a repetition for what it is.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.keys-upload',
    title: 'Der Server nimmt Geräteschlüssel an und zählt Einmalschlüssel richtig',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3keysupload'),
  },
  counterexamples: [
    {
      title: 'Der Server zählt zu wenige Einmalschlüssel',
      defect: { when: { path: uploadPath }, alter: setting(['one_time_key_counts', signedCurve], count - 1) },
      expectFinding: 'wrong-count',
    },
    {
      title: 'Eine Wiederholung wird doppelt gezählt',
      defect: {
        when: { path: uploadPath },
        alter: onlyNth(2, setting(['one_time_key_counts', signedCurve], 2 * count)),
      },
      expectFinding: 'repetition-counted',
    },
    {
      title: 'Ein anderer Schlüssel unter demselben Namen wird angenommen',
      defect: {
        when: { path: uploadPath },
        alter: onlyNth(3, answering(200, { one_time_key_counts: { [signedCurve]: count } })),
      },
      expectFinding: 'key-replaced',
    },
  ],
  async run({ request, user, random }) {
    const session = await user('alice');
    const keys = createDeviceKeys(session, random);
    const body = { device_keys: keys.deviceKeys, one_time_keys: keys.oneTimeKeys(count) };
    const first = await uploadKeys(request, session, body);
    const repeated = await uploadKeys(request, session, body);
    // A second set from the same source has the same names and other keys.
    const others = createDeviceKeys(session, random).oneTimeKeys(1);
    const replaced = await uploadKeys(request, session, { one_time_keys: others });
    return outcomeOf(
      [
        ...countFindings(first, { code: 'wrong-count', title: 'Der Server zählt die Einmalschlüssel falsch' }),
        ...countFindings(repeated, {
          code: 'repetition-counted',
          title: 'Eine wiederholte Übertragung wird doppelt gezählt oder abgelehnt',
        }),
        ...expectThat(replaced, replaced.status === 400, {
          code: 'key-replaced',
          title: 'Ein anderer Einmalschlüssel unter einem vergebenen Namen wird nicht abgelehnt',
          expected: 'Status 400',
          observed: `Status ${replaced.status}`,
        }),
      ],
      `${count} Einmalschlüssel gezählt, Wiederholung ohne Wirkung, anderer Schlüssel unter gleichem Namen abgelehnt`,
    );
  },
});

const countFindings = (answer: Answer, claim: { code: string; title: string }): Findings =>
  expectEqual(answer, { wanted: count, got: valueAt(answer.json, ['one_time_key_counts', signedCurve]) }, claim);
