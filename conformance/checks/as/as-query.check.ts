import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { SinkAnswer, SinkRequest } from '../../../core/model/surroundings.ts';
import { aliasTemplate } from '../../lib/aliases.ts';
import type { Answer } from '../../lib/answer.ts';
import { sessionOf } from '../../lib/application-service.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectThat, type Findings } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { notFound } from '../../lib/refusals.ts';
import { sentRequestFindings } from '../../lib/sent-requests.ts';
import type { Tools } from '../../lib/tools.ts';

const when = { method: 'GET', path: aliasTemplate };

// Of names in its namespace that the homeserver does not know it asks the service, which may make what is asked for.
// https://spec.matrix.org/v1.19/application-service-api/#querying
export const check = conformanceCheck({
  meta: {
    id: 'conformance.as.as-query',
    title: 'Nach unbekannten Räumen und Personen eines angebundenen Dienstes wird dieser gefragt',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: 'https://spec.matrix.org/v1.19/application-service-api/#querying',
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Der Raum, den der Dienst auf die Frage hin anlegt, wird nicht gefunden',
      defect: { when, alter: onlyNth(1, notFound) },
      expectFinding: 'made-not-found',
    },
    {
      title: 'Der Name führt in einen anderen Raum',
      defect: { when, alter: onlyNth(1, setting(['room_id'], '!a:example.org')) },
      expectFinding: 'made-not-found',
    },
    {
      title: 'Ein Name, den der Dienst nicht kennt, führt in einen Raum',
      defect: { when, alter: onlyNth(2, answering(200, { room_id: '!a:example.org', servers: ['example.org'] })) },
      expectFinding: 'unknown-found',
    },
    {
      title: 'Zum unbekannten Namen kommt ein anderer Fehler',
      defect: { when, alter: onlyNth(2, answering(400, { errcode: 'M_UNKNOWN', error: 'altered' })) },
      expectFinding: 'unknown-found',
    },
  ],
  async run(tools) {
    const { request, user, room, random, surroundings, target } = tools;
    const service = surroundings().applicationService;
    const alice = await user('alice');
    const roomId = await room(alice);
    const name = () => `${service.prefix}${random.word(10)}:${target.serverName}`;
    const [known, unknown, person] = [`#${name()}`, `#${name()}`, `@${name()}`];
    const resolved = await resolveMaking(tools, alice, { roomAlias: known, roomId });
    const absent = await request('GET', aliasTemplate, { params: { roomAlias: unknown }, session: alice });
    const invited = await membershipSteps(request).invite(alice, roomId, { userId: person });
    const asked = [
      await service.waitFor(at(`${app}/rooms/${known}`)),
      await service.waitFor(at(`${app}/rooms/${unknown}`)),
      await service.waitFor(at(`${app}/users/${person}`)),
    ];
    premise(await request('DELETE', aliasTemplate, { params: { roomAlias: known }, session: sessionOf(service) }));
    return outcomeOf(
      [
        ...expectEqual(
          resolved,
          { wanted: [200, roomId], got: [resolved.status, stringAt(resolved.json, ['room_id'])] },
          { code: 'made-not-found', title: 'Was der Dienst auf die Frage hin anlegt, wird nicht gefunden' },
        ),
        ...expectError(
          absent,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'unknown-found', title: 'Ein Name, den auch der Dienst nicht kennt, gilt nicht als unbekannt' },
        ),
        ...[resolved, absent, invited].flatMap((answer, at) =>
          askedFindings(answer, asked[at], service.homeserverToken),
        ),
      ],
      'Nach zwei Räumen und einer Person wurde der Dienst gefragt; was er anlegte, wurde gefunden',
    );
  },
});

const app = '/_matrix/app/v1';

const at = (path: string) => (asked: SinkRequest) => asked.path === path;

interface Wanted {
  readonly roomAlias: string;
  readonly roomId: string;
}

/** Asks for a name that the service gives the room only when it is asked for it. */
async function resolveMaking(
  { request, surroundings }: Tools,
  session: Session,
  { roomAlias, roomId }: Wanted,
): Promise<Answer> {
  const service = surroundings().applicationService;
  const params = { roomAlias };
  const made = Promise.withResolvers<SinkAnswer>();
  using _answering = service.answering(at(`${app}/rooms/${roomAlias}`), () => made.promise);
  const resolving = request('GET', aliasTemplate, { params, session });
  await service.waitFor(at(`${app}/rooms/${roomAlias}`));
  const naming = await request('PUT', aliasTemplate, {
    params,
    session: sessionOf(service),
    body: { room_id: roomId },
  });
  made.resolve({ status: 200, json: {} });
  const resolved = await resolving;
  premise(naming);
  return resolved;
}

function askedFindings(answer: Answer, asked: SinkRequest | undefined, token: string): Findings {
  const isIdentified = asked?.headers['authorization'] === `Bearer ${token}`;
  return [
    ...expectThat(answer, asked !== undefined, {
      code: 'not-asked',
      title: 'Nach einem Namen seines Namensraums wird der Dienst nicht gefragt',
      expected: 'eine Anfrage beim Dienst',
      observed: 'keine',
    }),
    ...expectThat(answer, asked === undefined || isIdentified, {
      code: 'not-identified',
      title: 'Der Server weist sich beim Dienst nicht mit dem vereinbarten Schlüssel aus',
      expected: 'der vereinbarte Schlüssel',
      observed: 'ein anderer oder keiner',
    }),
    ...(asked === undefined ? [] : sentRequestFindings('application-service', asked)),
  ];
}
