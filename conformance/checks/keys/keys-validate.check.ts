import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, answering, setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { objectAt, valueAt, withoutValueAt, withValueAt } from '../../lib/json.ts';
import { queryKeys, queryPath, uploadKeys, uploadPath } from '../../lib/key-requests.ts';
import { expectEqual, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { expectMalformed } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

const foreignDevice = 'FREMDESGERAET';

// Keys that name somebody else, or are none, would only spread confusion: the server takes none of them.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.keys-validate',
    title: 'Geräteschlüssel mit fremden Angaben oder falschem Aufbau nimmt der Server nicht an',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3keysupload'),
  },
  counterexamples: [
    {
      title: 'Auch eine Zeichenkette wird als Schlüssel angenommen',
      defect: { when: { path: uploadPath }, alter: acceptingWhere((keys) => typeof keys === 'string') },
      expectFinding: 'no-object-accepted',
    },
    {
      title: 'Schlüssel mit dem Namen einer anderen Person werden angenommen',
      defect: { when: { path: uploadPath }, alter: acceptingWhere((keys) => valueAt(keys, ['user_id']) !== undefined) },
      expectFinding: 'foreign-user-accepted',
    },
    {
      title: 'Was abgelehnt wurde, wird trotzdem weitergegeben',
      defect: {
        when: { path: queryPath },
        alter: (answer, seen) => {
          const [userId = ''] = Object.keys(objectAt(seen.requestJson, ['device_keys']));
          return setting(['device_keys', userId], { [foreignDevice]: {} })(answer, seen);
        },
      },
      expectFinding: 'refused-but-kept',
    },
  ],
  async run(tools) {
    const { request, account, device } = tools;
    const alice = await device(await account('alice'));
    const cases = casesFor(tools, alice);
    const answers: { readonly answer: Answer; readonly code: string; readonly title: string }[] = [];
    for (const { body, code, title } of cases)
      answers.push({ answer: await uploadKeys(request, alice, body), code, title });
    const query = premise(await queryKeys(request, alice, { [alice.userId]: [] }));
    return outcomeOf(
      [
        ...answers.flatMap(({ answer, code, title }) => expectMalformed(answer, { code, title })),
        ...keptFindings(query, alice),
      ],
      `${cases.length} fehlerhafte Veröffentlichungen mit 400 abgelehnt, nichts davon weitergegeben`,
    );
  },
});

function casesFor({ random, target }: Tools, session: Session) {
  const { deviceKeys } = createDeviceKeys(session, random);
  const changed = (path: readonly string[], value: unknown) => ({ device_keys: withValueAt(deviceKeys, path, value) });
  return [
    {
      body: changed(['user_id'], `@pruefstand-fremd:${target.serverName}`),
      code: 'foreign-user-accepted',
      title: 'Geräteschlüssel mit dem Namen einer anderen Person werden angenommen',
    },
    {
      body: changed(['device_id'], foreignDevice),
      code: 'foreign-device-accepted',
      title: 'Geräteschlüssel mit der Kennung eines anderen Geräts werden angenommen',
    },
    {
      body: { device_keys: withoutValueAt(deviceKeys, ['keys']) },
      code: 'keyless-accepted',
      title: 'Geräteschlüssel ohne Schlüssel werden angenommen',
    },
    {
      body: { device_keys: withoutValueAt(deviceKeys, ['algorithms']) },
      code: 'without-algorithms-accepted',
      title: 'Geräteschlüssel ohne Verfahren werden angenommen',
    },
    {
      body: { device_keys: 'keine' },
      code: 'no-object-accepted',
      title: 'Eine Zeichenkette wird als Geräteschlüssel angenommen',
    },
    {
      body: { one_time_keys: [] },
      code: 'list-not-refused',
      title: 'Eine Liste statt einer Menge von Einmalschlüsseln wird nicht als fehlerhaft abgelehnt',
    },
  ];
}

function keptFindings(query: Answer, { userId, deviceId }: Session): Findings {
  const kept = Object.keys(objectAt(query.json, ['device_keys', userId])).filter(
    (id) => id === deviceId || id === foreignDevice,
  );
  return expectEqual(
    query,
    { wanted: [], got: kept },
    { code: 'refused-but-kept', title: 'Fehlerhafte Geräteschlüssel werden weitergegeben' },
  );
}

function acceptingWhere(isMeant: (deviceKeys: unknown) => boolean): Alteration {
  return (answer, seen) =>
    isMeant(valueAt(seen.requestJson, ['device_keys']))
      ? answering(200, { one_time_key_counts: {} })(answer, seen)
      : answer;
}
