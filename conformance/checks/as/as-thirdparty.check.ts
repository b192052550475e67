import { outcomeOf } from '../../../core/model/outcome.ts';
import type { SinkRequest } from '../../../core/model/surroundings.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual, type Findings } from '../../lib/match.ts';

const thirdParty = '/_matrix/client/v3/thirdparty';

// What is to be found in another network only the service that connects it knows; its answers are passed on.
// https://spec.matrix.org/v1.19/application-service-api/#third-party-networks
export const check = conformanceCheck({
  meta: {
    id: 'conformance.as.as-thirdparty',
    title: 'Netz, Räume und Personen eines angebundenen Dienstes werden so genannt, wie er sie nennt',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('third-party-networks'),
    rows: ['as-query'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Das Netz des Dienstes wird anders beschrieben, als er es tut',
      defect: { when: { path: `${thirdParty}/protocol/{protocol}` }, alter: setting(['user_fields'], ['anderes']) },
      expectFinding: 'protocol-differs',
    },
    {
      title: 'In der Liste der Netze fehlt das des Dienstes',
      defect: { when: { path: `${thirdParty}/protocols` }, alter: answering(200, {}) },
      expectFinding: 'not-listed',
    },
    {
      title: 'Der Raum, den der Dienst nennt, fehlt',
      defect: { when: { path: `${thirdParty}/location/{protocol}` }, alter: answering(200, []) },
      expectFinding: 'location-differs',
    },
    {
      title: 'Statt der Person, die der Dienst nennt, kommt eine andere',
      defect: {
        when: { path: `${thirdParty}/user/{protocol}` },
        alter: setting([0, 'userid'], '@fremd:example.org'),
      },
      expectFinding: 'user-differs',
    },
  ],
  async run({ request, user, random, surroundings, target }) {
    const service = surroundings().applicationService;
    const { protocol, prefix } = service;
    const session = await user('alice');
    const [nick, channel] = [random.word(10), random.word(10)];
    const person = [{ userid: `@${prefix}${nick}:${target.serverName}`, protocol, fields: { nick } }];
    const place = [{ alias: `#${prefix}${channel}:${target.serverName}`, protocol, fields: { channel } }];
    using _person = service.answering(asking('user', protocol, { nick }), ok(person));
    using _place = service.answering(asking('location', protocol, { channel }), ok(place));
    const params = { protocol };
    const listed = await request('GET', `${thirdParty}/protocols`, { session });
    const described = await request('GET', `${thirdParty}/protocol/{protocol}`, { params, session });
    const people = await request('GET', `${thirdParty}/user/{protocol}`, { params, session, query: { nick } });
    const places = await request('GET', `${thirdParty}/location/{protocol}`, { params, session, query: { channel } });
    return outcomeOf(
      [
        ...same(listed, described.json, valueAt(listed.json, [protocol]), 'not-listed'),
        ...same(described, ownPartOf(service.network()), ownPartOf(described.json), 'protocol-differs'),
        ...same(people, person, people.json, 'user-differs'),
        ...same(places, place, places.json, 'location-differs'),
      ],
      'Netz, Person und Raum wie vom Dienst genannt',
    );
  },
});

/** The homeserver adds ids to the instances. */
const ownPartOf = (network: unknown) =>
  ['user_fields', 'location_fields', 'icon', 'field_types'].map((key) => valueAt(network, [key]) ?? null);

const ok = (json: unknown) => ({ status: 200, json });

const asking =
  (what: 'user' | 'location', protocol: string, fields: Readonly<Record<string, string>>) =>
  ({ path, query }: SinkRequest) =>
    path === `/_matrix/app/v1/thirdparty/${what}/${protocol}` &&
    Object.entries(fields).every(([key, value]) => query[key] === value);

const titles = {
  'not-listed': 'Das Netz eines Dienstes fehlt in der Liste oder steht dort anders',
  'protocol-differs': 'Das Netz eines Dienstes wird anders beschrieben, als er es tut',
  'user-differs': 'Die Person, die ein Dienst nennt, fehlt oder ist eine andere',
  'location-differs': 'Der Raum, den ein Dienst nennt, fehlt oder ist ein anderer',
} as const;

const same = (answer: Answer, wanted: unknown, got: unknown, code: keyof typeof titles): Findings =>
  expectEqual(answer, { wanted, got }, { code, title: titles[code] });
