import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premiseString } from '../../lib/premise.ts';
import { expectForbidden } from '../../lib/refusals.ts';

const createPath = '/_matrix/client/v3/user/{userId}/filter';
const readPath = `${createPath}/{filterId}`;
const claims = {
  echo: { code: 'filter-differs', title: 'Ein gespeicherter Filter kommt verändert zurück' },
  invalid: { code: 'invalid-accepted', title: 'Ein unsinniger Filter wird angenommen' },
  foreign: { code: 'foreign-filter', title: 'Filter anderer Personen sind zugänglich' },
  absent: { code: 'absent-found', title: 'Ein Filter, den es nicht gibt, wird nicht als fehlend gemeldet' },
};

// A filter is kept as it was given, for its owner alone, and only when it makes sense.
// https://spec.matrix.org/v1.19/client-server-api/#filtering
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acd.filter-crud',
    title: 'Filter werden unverändert gespeichert, unsinnige und fremde zurückgewiesen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('filtering'),
  },
  counterexamples: [
    {
      title: 'Der Filter ist verändert',
      defect: { when: { path: readPath }, alter: setting(['room', 'timeline', 'limit'], 99) },
      expectFinding: claims.echo.code,
    },
    {
      title: 'Jeder Filter wird angenommen',
      defect: {
        when: { path: createPath },
        alter: (answer, seen) => (answer.status === 400 ? answering(200, { filter_id: '1' })(answer, seen) : answer),
      },
      expectFinding: claims.invalid.code,
    },
    {
      title: 'Fremde Filter sind lesbar',
      defect: {
        when: { path: readPath },
        alter: (answer, seen) => (answer.status === 403 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: claims.foreign.code,
    },
    {
      title: 'Jeder Filter ist vorhanden',
      defect: {
        when: { path: readPath },
        alter: (answer, seen) => (answer.status === 404 ? answering(200, {})(answer, seen) : answer),
      },
      expectFinding: claims.absent.code,
    },
  ],
  async run({ request, user, poll }) {
    const [alice, bob] = [await user('alice'), await user('bob')];
    const { userId } = alice;
    const filter = {
      event_format: 'client',
      presence: { types: [] },
      room: { timeline: { limit: 7, types: ['m.room.*'] }, state: { lazy_load_members: true } },
    };
    const create = (session: typeof alice, body: unknown) =>
      request('POST', createPath, { params: { userId }, session, body });
    const read = (session: typeof alice, filterId: string) =>
      request('GET', readPath, { params: { userId, filterId }, session });
    const filterId = premiseString(await create(alice, filter), ['filter_id']);
    const echoed = await poll({
      ask: () => read(alice, filterId),
      until: ({ status }) => status === 200,
      deadlineMs: settlingMs,
    });
    const invalid = [
      await create(alice, { room: { timeline: { types: 'm.room.message' } } }),
      await create(alice, { room: { rooms: ['kein-raum'] } }),
    ];
    const foreign = [await read(bob, filterId), await create(bob, filter)];
    const absent = await read(alice, '987654321');
    return outcomeOf(
      [
        ...expectEqual(echoed, { wanted: filter, got: echoed.json }, claims.echo),
        ...invalid.flatMap((answer) => expectStatus(answer, 400, claims.invalid)),
        ...foreign.flatMap((answer) => expectForbidden(answer, claims.foreign)),
        ...expectStatus(absent, 404, claims.absent),
      ],
      'Unverändert gespeichert; unsinnige 400, fremde 403, fehlende 404',
    );
  },
});
