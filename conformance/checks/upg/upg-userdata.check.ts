import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { arrayAt, objectAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { expectAllowed, notFound } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';
import { upgraded, upgradePath } from '../../lib/upgrades.ts';

const tagsTemplate = '/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags';
const accountDataTemplate = '/_matrix/client/v3/user/{userId}/account_data/{type}';
const ruleTemplate = '/_matrix/client/v3/pushrules/global/room/{ruleId}';

const tag = 'u.pruefstand';
const order = 0.25;

// What a person has set for the room, the server should carry over when that person enters the new one.
// https://spec.matrix.org/v1.19/client-server-api/#room-upgrades
export const check = conformanceCheck({
  meta: {
    id: 'conformance.upg.upg-userdata',
    title: 'Wer in den neuen Raum mitzieht, behält Markierung, Zwiegespräch und Stummschaltung',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('room-upgrades'),
    standing: 'informative',
  },
  counterexamples: [
    {
      title: 'Die Markierung geht verloren',
      defect: { when: { method: 'GET', path: tagsTemplate }, alter: setting(['tags'], {}) },
      expectFinding: 'tag-lost',
    },
    {
      title: 'Das Zwiegespräch ist keines mehr',
      defect: { when: { method: 'GET', path: accountDataTemplate }, alter: (answer) => ({ ...answer, json: {} }) },
      expectFinding: 'direct-lost',
    },
    {
      title: 'Die Stummschaltung geht verloren',
      defect: { when: { method: 'GET', path: ruleTemplate }, alter: notFound },
      expectFinding: 'rule-lost',
    },
  ],
  async run(tools) {
    const { request, user, room, join } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const { from, to } = await upgradePath(request, alice);
    const old = await room(alice, { preset: 'private_chat', room_version: from });
    await join(old, alice, bob);
    const before = await direct(tools, bob);
    const roomIds = [old];
    try {
      await furnish(tools, bob, { roomId: old, direct: { ...before, [alice.userId]: [old] } });
      const successor = await upgraded(request, alice, old, to);
      roomIds.push(successor);
      await join(successor, alice, bob);
      const { tags, map, rule } = await carriedOver(tools, bob, successor);
      return outcomeOf(
        [
          ...expectEqual(
            tags,
            { wanted: order, got: valueAt(tags.json, ['tags', tag, 'order']) },
            { code: 'tag-lost', title: 'Die Markierung des Raums zieht nicht mit um' },
          ),
          ...expectThat(map, arrayAt(map.json, [alice.userId]).includes(successor), {
            code: 'direct-lost',
            title: 'Der neue Raum gilt nicht als Zwiegespräch wie der alte',
            expected: 'der neue Raum unter den Zwiegesprächen',
            observed: `${arrayAt(map.json, [alice.userId]).length} andere`,
          }),
          ...expectAllowed(rule, { code: 'rule-lost', title: 'Die Stummschaltung des Raums zieht nicht mit um' }),
        ],
        'Markierung, Zwiegespräch und Stummschaltung auch im neuen Raum',
      );
    } finally {
      await tidy(tools, bob, { roomIds, direct: before });
    }
  },
});

const directParams = ({ userId }: Session) => ({ userId, type: 'm.direct' });

async function direct({ request }: Tools, session: Session): Promise<Readonly<Record<string, unknown>>> {
  const { status, json } = await request('GET', accountDataTemplate, { params: directParams(session), session });
  return status === 200 ? objectAt(json, []) : {};
}

async function furnish(
  { request }: Tools,
  session: Session,
  { roomId, direct: body }: { readonly roomId: string; readonly direct: unknown },
): Promise<void> {
  const params = { userId: session.userId, roomId };
  premise(await request('PUT', `${tagsTemplate}/{tag}`, { params: { ...params, tag }, session, body: { order } }));
  premise(await request('PUT', accountDataTemplate, { params: directParams(session), session, body }));
  premise(await request('PUT', ruleTemplate, { params: { ruleId: roomId }, session, body: { actions: [] } }));
}

async function carriedOver({ request, poll }: Tools, session: Session, roomId: string) {
  const until = (answer: Answer, isThere: boolean) => answer.status === 200 && isThere;
  const tags = await poll({
    ask: () => request('GET', tagsTemplate, { params: { userId: session.userId, roomId }, session }),
    until: (answer) => until(answer, valueAt(answer.json, ['tags', tag]) !== undefined),
    deadlineMs: settlingMs,
  });
  const rule = await poll({
    ask: () => request('GET', ruleTemplate, { params: { ruleId: roomId }, session }),
    until: (answer) => until(answer, true),
    deadlineMs: settlingMs,
  });
  const map = await poll({
    ask: () => request('GET', accountDataTemplate, { params: directParams(session), session }),
    until: (answer) => until(answer, Object.values(objectAt(answer.json, [])).flat().includes(roomId)),
    deadlineMs: settlingMs,
  });
  return { tags, rule, map };
}

async function tidy(
  { request }: Tools,
  session: Session,
  { roomIds, direct: body }: { readonly roomIds: readonly string[]; readonly direct: unknown },
): Promise<void> {
  await request('PUT', accountDataTemplate, { params: directParams(session), session, body });
  for (const ruleId of roomIds) await request('DELETE', ruleTemplate, { params: { ruleId }, session });
}
