import type { Session } from '../../../core/model/bench.ts';
import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus } from '../../lib/match.ts';
import { probeContents, sendToDevice } from '../../lib/to-device.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device';
const eventsPath = `${path}/{deviceId}/events`;

// A device put to sleep on the server receives messages while nobody is logged in, until it is woken or removed.
// https://github.com/matrix-org/matrix-spec-proposals/pull/3814
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.dehydrated',
    title: 'Ein schlafendes Gerät lässt sich ablegen, empfängt Nachrichten und verschwindet nach dem Löschen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: 'https://github.com/matrix-org/matrix-spec-proposals/pull/3814',
    standing: 'informative',
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Das abgelegte Gerät kommt verändert zurück',
      defect: { when: { method: 'GET', path }, alter: setting(['device_data'], {}) },
      expectFinding: 'device-differs',
    },
    {
      title: 'Die Nachricht an das schlafende Gerät fehlt',
      defect: { when: { path: eventsPath }, alter: setting(['events'], []) },
      expectFinding: 'message-lost',
    },
    {
      title: 'Das gelöschte Gerät ist noch da',
      defect: {
        when: { method: 'GET', path },
        alter: onlyNth(3, answering(200, { device_id: 'SCHLAF', device_data: {} })),
      },
      expectFinding: 'still-there',
    },
  ],
  async run(tools) {
    const { request, user, random } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const before = await request('GET', path, { session: alice });
    if (stringAt(before.json, ['errcode']) === 'M_UNRECOGNIZED') {
      return notApplicable('Schlafende Geräte (experimental_features.msc3814_enabled) sind ausgeschaltet.');
    }
    const { deviceId, put, data } = await layDown(tools, alice);
    const read = await request('GET', path, { session: alice });
    const content = { probe: random.word(16) };
    await sendToDevice(tools, bob, { [alice.userId]: { [deviceId]: content } });
    const events = await request('POST', eventsPath, { params: { deviceId }, session: alice, body: {} });
    const removed = await request('DELETE', path, { session: alice });
    const gone = await request('GET', path, { session: alice });
    return outcomeOf(
      [
        ...expectError(
          before,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'there-before', title: 'Ein nie abgelegtes schlafendes Gerät wird nicht als fehlend gemeldet' },
        ),
        ...expectStatus(put, 200, { code: 'not-laid-down', title: 'Ein schlafendes Gerät lässt sich nicht ablegen' }),
        ...expectEqual(
          read,
          { wanted: { id: deviceId, data }, got: partsOf(read) },
          { code: 'device-differs', title: 'Das schlafende Gerät kommt nicht unverändert zurück' },
        ),
        ...expectEqual(
          events,
          { wanted: [content], got: probeContents({ to_device: { events: arrayAt(events.json, ['events']) } }) },
          { code: 'message-lost', title: 'Eine Nachricht an das schlafende Gerät geht verloren' },
        ),
        ...expectStatus(removed, 200, { code: 'not-removed', title: 'Das schlafende Gerät lässt sich nicht löschen' }),
        ...expectError(
          gone,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'still-there', title: 'Das gelöschte schlafende Gerät ist noch da' },
        ),
      ],
      'Abgelegt, unverändert gelesen, Nachricht empfangen, gelöscht',
    );
  },
});

async function layDown({ request, random }: Tools, session: Session) {
  const deviceId = `SCHLAF${random.word(8)}`;
  const data = { algorithm: 'org.matrix.msc3814.v2', device_pickle: random.word(40), nonce: random.word(16) };
  const keys = createDeviceKeys({ ...session, deviceId }, random);
  const body = {
    device_id: deviceId,
    device_data: data,
    initial_device_display_name: 'Pruefstand schlafend',
    device_keys: keys.deviceKeys,
    one_time_keys: keys.oneTimeKeys(1),
  };
  const put = await request('PUT', path, { session, body });
  return { deviceId, data, put };
}

const partsOf = ({ json }: Answer) => ({
  id: stringAt(json, ['device_id']),
  data: valueAt(json, ['device_data']),
});
