import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { removing, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { eventOnce, eventTemplate, redact, sendEvent } from '../../lib/room-events.ts';
import { setState } from '../../lib/state-requests.ts';

const when = { path: eventTemplate };
const claims = {
  kept: { code: 'kept-differs', title: 'Nach dem Löschen bleiben nicht genau die geschützten Angaben übrig' },
  because: { code: 'redaction-unnamed', title: 'Ein gelöschtes Ereignis nennt nicht, wodurch es gelöscht wurde' },
  essence: { code: 'essence-lost', title: 'Ein gelöschtes Ereignis verliert Absender, Art oder Kennung' },
};

// What keeps a room working survives a deletion, everything else goes; for these types the same in every version of rooms.
// https://spec.matrix.org/v1.19/rooms/v12/#redactions
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.redact-shape',
    title: 'Von gelöschten Ereignissen bleibt genau, was der Raum zum Bestehen braucht',
    requirements: ['KO-05', 'DS-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('redactions'),
  },
  counterexamples: [
    {
      title: 'Der Inhalt bleibt',
      defect: { when, alter: setting(['content', 'hinweis'], 'noch da') },
      expectFinding: claims.kept.code,
    },
    {
      title: 'Die Löschung wird nicht genannt',
      defect: { when, alter: removing(['unsigned', 'redacted_because']) },
      expectFinding: claims.because.code,
    },
    {
      title: 'Der Absender ist ein anderer',
      defect: { when, alter: setting(['sender'], '@fremd:example.org') },
      expectFinding: claims.essence.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const alice = await tools.user('alice');
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    const state = async (eventType: string, content: unknown) =>
      premiseString(await setState(request, alice, { roomId, eventType }, content), ['event_id']);
    const hinweis = 'geht verloren';
    const rules = { join_rule: 'invite', hinweis };
    const visibility = { history_visibility: 'shared', hinweis };
    const sent = [
      { type: 'm.room.join_rules', eventId: await state('m.room.join_rules', rules), kept: { join_rule: 'invite' } },
      {
        type: 'm.room.history_visibility',
        eventId: await state('m.room.history_visibility', visibility),
        kept: { history_visibility: 'shared' },
      },
      { type: 'm.room.topic', eventId: await state('m.room.topic', { topic: hinweis }), kept: {} },
      {
        type: 'm.room.message',
        eventId: await sendEvent(tools, alice, roomId, {
          type: 'm.room.message',
          content: { msgtype: 'm.text', body: hinweis },
        }),
        kept: {},
      },
    ];
    const isRedacted = (event: unknown) => valueAt(event, ['unsigned', 'redacted_because']) !== undefined;
    const findings = [];
    for (const { type, eventId, kept } of sent) {
      const redaction = premiseString(premise(await redact(tools, alice, { roomId, eventId })), ['event_id']);
      const answer = await eventOnce(tools, alice, { roomId, eventId }, isRedacted);
      const got = (key: string) => valueAt(answer.json, [key]);
      const because = (...path: string[]) => stringAt(answer.json, ['unsigned', 'redacted_because', ...path]);
      // Its place depends on the version of the room.
      const target = because('content', 'redacts') ?? because('redacts');
      const essence = { type: got('type'), sender: got('sender'), id: got('event_id'), room: got('room_id') };
      const wanted = { type, sender: alice.userId, id: eventId, room: roomId };
      findings.push(
        ...expectEqual(answer, { wanted: kept, got: got('content') }, claims.kept),
        ...expectEqual(
          answer,
          {
            wanted: [redaction, alice.userId, 'm.room.redaction', eventId],
            got: [because('event_id'), because('sender'), because('type'), target],
          },
          claims.because,
        ),
        ...expectEqual(answer, { wanted, got: essence }, claims.essence),
      );
    }
    return outcomeOf(findings, 'Genau die geschützten Angaben bleiben, die Löschung wird genannt');
  },
});
