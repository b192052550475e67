import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { objectAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, type Findings } from '../../lib/match.ts';
import { expectForbidden } from '../../lib/refusals.ts';
import { readState, stateTemplate, stateValue } from '../../lib/room-state.ts';
import { advertises } from '../../lib/spec-versions.ts';
import { droppingState } from '../../lib/state-defects.ts';
import { getState, stateEventTemplate, stateKeyTemplate } from '../../lib/state-requests.ts';
import { probeType } from '../../lib/tools.ts';

// The edition that lets clients ask for the whole event.
const wholeEventSince = '1.16';

const stateKey = 'schlüssel/eins';

// State is read by its type and key, whole or alone, by those who belong to the room.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidstateeventtypestatekey
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.state-get',
    title: 'Der Zustand eines Raums lässt sich einzeln und im Ganzen lesen, nicht von Fremden',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3roomsroomidstateeventtypestatekey'),
  },
  counterexamples: [
    {
      title: 'Unter dem Schlüssel steht anderes',
      defect: { when: { path: stateKeyTemplate }, alter: setting(['probe'], 'anders') },
      expectFinding: 'content-differs',
    },
    {
      title: 'Im ganzen Zustand fehlt ein Ereignis',
      defect: { when: { path: stateTemplate }, alter: droppingState(probeType) },
      expectFinding: 'state-incomplete',
    },
    {
      title: 'Unbekannter Zustand gilt als leer',
      defect: { when: { path: stateEventTemplate }, alter: answering(200, {}) },
      expectFinding: 'unknown-found',
    },
    {
      title: 'Fremde lesen den Zustand',
      defect: {
        when: { path: stateTemplate },
        alter: (answer) => (answer.status === 403 ? { ...answer, status: 200, json: [] } : answer),
      },
      expectFinding: 'stranger-reads',
    },
  ],
  async run(tools) {
    const { request, user, room, random } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const content = { probe: random.word(16) };
    const initial_state = [
      { type: probeType, state_key: '', content },
      { type: probeType, state_key: stateKey, content },
    ];
    const roomId = await room(alice, { preset: 'private_chat', initial_state });
    const key = { roomId, eventType: probeType, stateKey };
    const one = await getState(request, alice, key);
    const unknown = await getState(request, alice, { roomId, eventType: `${probeType}.unbekannt` });
    const whole = await readState(request, alice, roomId);
    const strangers = [
      await request('GET', stateTemplate, { params: { roomId }, session: bob }),
      await getState(request, bob, key),
    ];
    const event = advertises(tools.target, wholeEventSince)
      ? eventFindings(await getState(request, alice, key, { format: 'event' }), content)
      : [];
    return outcomeOf(
      [
        ...expectEqual(one, { wanted: content, got: one.json }, contentDiffers),
        ...event,
        ...expectEqual(
          whole,
          { wanted: content, got: stateValue(whole.json, probeType, []) },
          { code: 'state-incomplete', title: 'Im ganzen Zustand steht ein Ereignis nicht oder anders' },
        ),
        ...expectError(
          unknown,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'unknown-found', title: 'Zustand, den es nicht gibt, wird nicht als unbekannt gemeldet' },
        ),
        ...strangers.flatMap((answer) =>
          expectForbidden(answer, { code: 'stranger-reads', title: 'Fremde können den Zustand lesen' }),
        ),
      ],
      'Einzeln und im Ganzen wie gesetzt; unbekannt 404, Fremde 403',
    );
  },
});

const contentDiffers = { code: 'content-differs', title: 'Einzeln gelesener Zustand weicht vom gesetzten ab' };

const eventFindings = (answer: Answer, content: unknown): Findings =>
  expectEqual(
    answer,
    { wanted: { type: probeType, state_key: stateKey, content }, got: essence(answer.json) },
    { code: 'event-differs', title: 'Das ganze Zustandsereignis weicht vom gesetzten ab' },
  );

const essence = (event: unknown) => ({
  type: valueAt(event, ['type']),
  state_key: valueAt(event, ['state_key']),
  content: objectAt(event, ['content']),
});
