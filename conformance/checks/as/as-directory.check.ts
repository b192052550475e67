import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { sessionOf } from '../../lib/application-service.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, type Circumstances, onlyNth, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premiseString } from '../../lib/premise.ts';
import { listedIds, publicRoomsPath } from '../../lib/public-rooms.ts';
import { allowing, expectForbidden } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

const visibilityTemplate = '/_matrix/client/v3/directory/list/appservice/{networkId}/{roomId}';
const protocolTemplate = '/_matrix/client/v3/thirdparty/protocol/{protocol}';
const when = { method: 'POST', path: publicRoomsPath };

const isInNetwork = ({ requestJson }: Circumstances): boolean =>
  stringAt(requestJson, ['third_party_instance_id']) !== undefined;

const listedBefore: Alteration = (answer, { earlier }) =>
  earlier.findLast(({ json }) => arrayAt(json, ['chunk']).length > 0) ?? answer;

// A service lists rooms of its network under the network's own heading, and takes them out again; people do not.
// https://spec.matrix.org/v1.19/application-service-api/#put_matrixclientv3directorylistappservicenetworkidroomid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.as.as-directory',
    title: 'Ein angebundener Dienst führt Räume unter seinem Netz im Verzeichnis, andere dürfen das nicht',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: 'https://spec.matrix.org/v1.19/application-service-api/#put_matrixclientv3directorylistappservicenetworkidroomid',
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Der Raum steht nicht unter dem Netz',
      defect: { when, alter: setting(['chunk'], []) },
      expectFinding: 'not-listed',
    },
    {
      title: 'Der Raum steht auch nach dem Streichen noch da',
      defect: { when, alter: (answer, seen) => (isInNetwork(seen) ? listedBefore(answer, seen) : answer) },
      expectFinding: 'still-listed',
    },
    {
      title: 'Der Raum steht auch ohne Angabe des Netzes im Verzeichnis',
      defect: { when, alter: (answer, seen) => (isInNetwork(seen) ? answer : listedBefore(answer, seen)) },
      expectFinding: 'listed-elsewhere',
    },
    {
      title: 'Eine Person darf unter dem Netz des Dienstes Räume führen',
      defect: { when: { method: 'PUT', path: visibilityTemplate }, alter: onlyNth(3, allowing) },
      expectFinding: 'listed-by-person',
    },
  ],
  async run(tools) {
    const { request, user, room, random, surroundings, poll } = tools;
    const service = surroundings().applicationService;
    const alice = await user('alice');
    const name = `Pruefstand ${random.word(12)}`;
    const roomId = await room(alice, { preset: 'public_chat', name });
    const { networkId, instanceId } = await networkOf(tools, alice);
    const setVisibility = (session: Pick<Session, 'accessToken'>, visibility: string) =>
      request('PUT', visibilityTemplate, { params: { networkId, roomId }, session, body: { visibility } });
    const listing = (network: object) =>
      request('POST', publicRoomsPath, { session: alice, body: { ...network, filter: { generic_search_term: name } } });
    // The homeserver takes what the directory searches from its statistics, which follow the room a little later.
    const listedInNetwork = (isWanted: boolean) =>
      poll({
        ask: () => listing({ third_party_instance_id: instanceId }),
        until: (answer) => listedIds(answer).includes(roomId) === isWanted,
        deadlineMs: settlingMs,
      });
    const published = await setVisibility(sessionOf(service), 'public');
    const inNetwork = await listedInNetwork(true);
    const elsewhere = await listing({});
    const withdrawn = await setVisibility(sessionOf(service), 'private');
    const byPerson = await setVisibility(alice, 'public');
    const afterwards = await listedInNetwork(false);
    return outcomeOf(
      [
        ...[published, withdrawn].flatMap((answer) =>
          expectStatus(answer, 200, { code: 'refused', title: 'Ein Dienst darf seine Räume nicht führen' }),
        ),
        ...listedFindings(inNetwork, roomId, true, 'not-listed'),
        ...listedFindings(elsewhere, roomId, false, 'listed-elsewhere'),
        ...listedFindings(afterwards, roomId, false, 'still-listed'),
        ...expectForbidden(byPerson, {
          code: 'listed-by-person',
          title: 'Eine Person darf unter dem Netz eines Dienstes Räume führen',
        }),
      ],
      'Unter dem Netz geführt, sonst nirgends, wieder gestrichen; eine Person abgelehnt',
    );
  },
});

/** How the homeserver calls the one network of the service. */
async function networkOf({ request, surroundings }: Tools, session: Session) {
  const { protocol } = surroundings().applicationService;
  const described = await request('GET', protocolTemplate, { params: { protocol }, session });
  return {
    networkId: premiseString(described, ['instances', 0, 'network_id']),
    instanceId: stringAt(described.json, ['instances', 0, 'instance_id']) ?? '',
  };
}

const titles = {
  'not-listed': 'Ein Raum steht nicht unter dem Netz, unter dem ein Dienst ihn führt',
  'listed-elsewhere': 'Ein Raum, den ein Dienst unter seinem Netz führt, steht auch im allgemeinen Verzeichnis',
  'still-listed': 'Ein gestrichener Raum steht noch unter dem Netz eines Dienstes',
} as const;

const listedFindings = (answer: Answer, roomId: string, wanted: boolean, code: keyof typeof titles): Findings =>
  expectThat(answer, answer.status === 200 && listedIds(answer).includes(roomId) === wanted, {
    code,
    title: titles[code],
    expected: wanted ? 'der Raum in der Liste' : 'der Raum nicht in der Liste',
    observed: `Status ${answer.status}, ${listedIds(answer).length} Räume`,
  });
