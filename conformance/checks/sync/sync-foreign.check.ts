import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { latestMessages, sendEvent } from '../../lib/room-events.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { setState } from '../../lib/state-requests.ts';
import { hasEvent, syncOnce, timelineOf } from '../../lib/sync.ts';
import { showingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, syncStart } from '../../lib/sync-sections.ts';

const claims = {
  room: { code: 'foreign-room', title: 'Die Synchronisation nennt einen Raum, in dem die Person nicht ist' },
  canary: { code: 'foreign-content', title: 'Die Synchronisation enthält etwas aus einem fremden Raum' },
};

// Whatever a device asks for, it hears nothing of rooms its owner is not in.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-foreign',
    title: 'Die Synchronisation enthält nie etwas aus fremden Räumen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('syncing'),
  },
  counterexamples: [
    {
      title: 'Fremde Räume werden genannt',
      defect: showingRooms('join', { timeline: { events: [] } }),
      expectFinding: claims.room.code,
    },
    {
      title: 'Aus fremden Räumen kommt Inhalt',
      defect: {
        when: { path: /\/send\/|\/sync$/ },
        alter: (answer, seen) => {
          // The secret word is known from the request that carried it only.
          if (!seen.path.endsWith('/sync'))
            return { ...answer, json: { ...Object(answer.json), sent: seen.requestJson } };
          return {
            ...answer,
            json: { ...Object(answer.json), leaked: seen.earlier.map(({ json }) => Object(json)['sent']) },
          };
        },
      },
      expectFinding: claims.canary.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const canary = `kanarienvogel${tools.random.word(16)}`;
    const [secret, left, shared] = [
      await tools.room(alice, { preset: 'private_chat', name: canary }),
      await tools.room(alice, { preset: 'private_chat' }),
      await tools.room(alice),
    ];
    for (const room of [left, shared]) await tools.join(room, alice, bob);
    premise(await membershipSteps(request).leave(bob, left));
    const since = await syncStart(tools, bob);
    const word = { content: { wort: canary } };
    await sendEvent(tools, alice, secret, word);
    premise(await setState(request, alice, { roomId: left, eventType: 'm.room.topic' }, { topic: canary }));
    const last = await sendEvent(tools, alice, left, word);
    await latestMessages(tools, alice, { roomId: left, eventId: last });
    const marker = await tools.sendProbe(alice, shared);
    const until = (json: unknown) => hasEvent(timelineOf(json, shared), marker);
    const asking = inlineFilter({ room: { rooms: [secret, left], include_leave: true } });
    const answers = [
      await syncedTo(tools, bob, { since, until }),
      await syncedTo(tools, bob, { query: { full_state: 'true' }, until }),
      premise(await syncOnce(request, bob, { timeout: 0, since, query: asking })),
    ];
    return outcomeOf(
      answers.flatMap((answer) => [
        ...expectThat(answer, !mentions(answer, secret), {
          ...claims.room,
          expected: 'nichts',
          observed: 'der fremde Raum',
        }),
        ...expectThat(answer, !mentions(answer, canary), {
          ...claims.canary,
          expected: 'nichts',
          observed: 'fremder Inhalt',
        }),
      ]),
      'Fortgesetzt, von vorn und ausdrücklich danach gefragt: nichts aus fremden Räumen',
    );
  },
});

const mentions = ({ text }: Answer, word: string): boolean => text.includes(word);
