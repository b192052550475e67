import { outcomeOf } from '../../../core/model/outcome.ts';
import type { SinkRequest } from '../../../core/model/surroundings.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { expectEqual, type Findings } from '../../lib/match.ts';

const userPath = '/_matrix/client/v3/thirdparty/user';
const locationPath = '/_matrix/client/v3/thirdparty/location';

// The other way round, too: of an account or a name of the service, who or what it is in the other network.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3thirdpartyuser
export const check = conformanceCheck({
  meta: {
    id: 'conformance.as.as-thirdparty-reverse',
    title: 'Zu einem Konto und einem Raumnamen eines angebundenen Dienstes wird genannt, was sie im anderen Netz sind',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('get_matrixclientv3thirdpartyuser'),
    rows: ['as-query'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Zum Konto des Dienstes wird jemand anderes genannt',
      defect: { when: { path: userPath }, alter: answering(200, [foreign('userid', '@fremd:example.org')]) },
      expectFinding: 'user-differs',
    },
    {
      title: 'Zum Raumnamen des Dienstes wird ein anderer Raum genannt',
      defect: { when: { path: locationPath }, alter: answering(200, [foreign('alias', '#fremd:example.org')]) },
      expectFinding: 'location-differs',
    },
  ],
  async run({ request, user, random, surroundings, target }) {
    const service = surroundings().applicationService;
    const { protocol, prefix } = service;
    const session = await user('alice');
    const [nick, channel] = [random.word(10), random.word(10)];
    const [userid, alias] = [`@${prefix}${nick}:${target.serverName}`, `#${prefix}${channel}:${target.serverName}`];
    const person = [{ userid, protocol, fields: { nick } }];
    const place = [{ alias, protocol, fields: { channel } }];
    using _person = service.answering(asking('user', { userid }), { status: 200, json: person });
    using _place = service.answering(asking('location', { alias }), { status: 200, json: place });
    const people = await request('GET', userPath, { session, query: { userid } });
    const places = await request('GET', locationPath, { session, query: { alias } });
    return outcomeOf(
      [...toldFindings(people, person, 'user'), ...toldFindings(places, place, 'location')],
      'Zum Konto und zum Raumnamen wurde der Dienst gefragt und seine Antwort weitergegeben',
    );
  },
});

const asking =
  (what: 'user' | 'location', query: Readonly<Record<string, string>>) =>
  (asked: SinkRequest): boolean =>
    asked.path === `/_matrix/app/v1/thirdparty/${what}` &&
    Object.entries(query).every(([key, value]) => asked.query[key] === value);

const titles = {
  user: 'Wer ein Konto eines Dienstes im anderen Netz ist, wird nicht oder falsch genannt',
  location: 'Was ein Raumname eines Dienstes im anderen Netz ist, wird nicht oder falsch genannt',
} as const;

function toldFindings(answer: Answer, wanted: unknown, what: keyof typeof titles): Findings {
  const isNothing = Array.isArray(answer.json) && answer.json.length === 0;
  const code = `${what}-${isNothing ? 'unknown' : 'differs'}`;
  return expectEqual(answer, { wanted, got: answer.json }, { code, title: titles[what] });
}

function foreign(key: 'userid' | 'alias', value: string) {
  return { [key]: value, protocol: 'pruefstand', fields: {} };
}
