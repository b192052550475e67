import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { acceptingEvent, expectForbidden } from '../../lib/refusals.ts';
import { eventOnce, eventTemplate, redact, redactTemplate } from '../../lib/room-events.ts';

const when = { path: redactTemplate };
const claims = {
  own: { code: 'own-refused', title: 'Die eigene Nachricht lässt sich nicht löschen' },
  moderator: { code: 'moderator-refused', title: 'Wer den Raum leitet, kann fremde Nachrichten nicht löschen' },
  member: { code: 'member-redacts', title: 'Ein gewöhnliches Mitglied kann fremde Nachrichten löschen' },
  stranger: { code: 'stranger-redacts', title: 'Wer nicht im Raum ist, kann dort Nachrichten löschen' },
  effect: { code: 'content-remains', title: 'Gelöschter Inhalt bleibt lesbar' },
};

// Authors take back what they said, moderators what anybody said, nobody else anything.
// https://spec.matrix.org/v1.19/client-server-api/#redactions
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.redact-own',
    title: 'Löschen dürfen die Urheberin und die Raumleitung, sonst niemand',
    requirements: ['KO-05', 'DS-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('redactions'),
  },
  counterexamples: [
    {
      title: 'Mitglieder löschen fremde Nachrichten',
      defect: { when, alter: onlyNth(1, acceptingEvent) },
      expectFinding: claims.member.code,
    },
    {
      title: 'Fremde löschen Nachrichten',
      defect: { when, alter: onlyNth(2, acceptingEvent) },
      expectFinding: claims.stranger.code,
    },
    {
      title: 'Niemand darf löschen',
      defect: { when, alter: answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' }) },
      expectFinding: claims.own.code,
    },
    {
      title: 'Auch die Raumleitung darf nicht löschen',
      defect: { when, alter: onlyNth(4, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })) },
      expectFinding: claims.moderator.code,
    },
    {
      title: 'Der Inhalt bleibt',
      defect: { when: { path: eventTemplate }, alter: setting(['content'], { probe: 'noch da' }) },
      expectFinding: claims.effect.code,
    },
  ],
  async run(tools) {
    const [alice, bob, carol, dave] = [
      await tools.user('alice'),
      await tools.user('bob'),
      await tools.user('carol'),
      await tools.user('dave'),
    ];
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    await tools.join(roomId, alice, bob);
    await tools.join(roomId, alice, carol);
    const [first, second] = [await tools.sendProbe(bob, roomId), await tools.sendProbe(bob, roomId)];
    const by = (session: typeof alice, eventId: string) => redact(tools, session, { roomId, eventId });
    const member = await by(carol, first);
    const stranger = await by(dave, first);
    const own = await by(bob, first);
    const moderator = await by(alice, second);
    const isEmpty = (event: unknown) => Object.keys(Object(valueAt(event, ['content']))).length === 0;
    const after = [
      await eventOnce(tools, carol, { roomId, eventId: first }, isEmpty),
      await eventOnce(tools, carol, { roomId, eventId: second }, isEmpty),
    ];
    return outcomeOf(
      [
        ...expectForbidden(member, claims.member),
        ...expectForbidden(stranger, claims.stranger),
        ...expectStatus(own, 200, claims.own),
        ...expectStatus(moderator, 200, claims.moderator),
        ...after.flatMap((answer) =>
          expectEqual(answer, { wanted: {}, got: valueAt(answer.json, ['content']) }, claims.effect),
        ),
      ],
      'Mitglied und Fremde: 403; Urheber und Raumleitung: gelöscht, der Inhalt ist fort',
    );
  },
});
