import { outcomeOf } from '../../../core/model/outcome.ts';
import { serviceUser, sessionOf } from '../../lib/application-service.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premiseString } from '../../lib/premise.ts';
import { expectForbidden, expectTokenAsked } from '../../lib/refusals.ts';
import { eventTemplate, readEvent } from '../../lib/room-events.ts';
import { probeType, sendTemplate } from '../../lib/tools.ts';

const whoamiPath = '/_matrix/client/v3/account/whoami';

// A service acts for the accounts of its namespace and for no other.
// https://spec.matrix.org/v1.19/application-service-api/#identity-assertion
export const check = conformanceCheck({
  meta: {
    id: 'conformance.as.as-masquerade',
    title: 'Ein angebundener Dienst handelt für Konten seines Namensraums, nie für andere',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: 'https://spec.matrix.org/v1.19/application-service-api/#identity-assertion',
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Der Dienst handelt als jemand anderes, als er sagt',
      defect: { when: { path: whoamiPath }, alter: onlyNth(2, setting(['user_id'], '@fremd:example.org')) },
      expectFinding: 'acts-as-other',
    },
    {
      title: 'Der Dienst darf für eine fremde Person handeln',
      defect: {
        when: { path: whoamiPath },
        alter: onlyNth(3, (answer, { earlier }) => earlier[0] ?? answer),
      },
      expectFinding: 'acts-as-stranger',
    },
    {
      title: 'Eine Nachricht für das Konto trägt einen anderen Absender',
      defect: { when: { path: eventTemplate }, alter: setting(['sender'], '@fremd:example.org') },
      expectFinding: 'other-sender',
    },
    {
      title: 'Der Dienst darf für ein Konto handeln, das es nicht gibt',
      defect: {
        when: { path: whoamiPath },
        alter: onlyNth(4, (answer, { earlier }) => earlier[0] ?? answer),
      },
      expectFinding: 'acts-as-nobody',
    },
  ],
  async run(tools) {
    const { request, user, room, random, surroundings, target } = tools;
    const service = surroundings().applicationService;
    const session = sessionOf(service);
    const stranger = await user('stranger');
    const own = await serviceUser(tools);
    const whoami = (userId?: string) =>
      request('GET', whoamiPath, { session, ...(userId !== undefined && { query: { user_id: userId } }) });
    const itself = await whoami();
    const acting = await whoami(own);
    const foreign = await whoami(stranger.userId);
    const nobody = await whoami(`@${service.prefix}${random.word(12)}:${target.serverName}`);
    const withoutToken = await request('GET', whoamiPath, { query: { user_id: own } });
    const roomId = await room(stranger, { preset: 'public_chat' });
    const query = { user_id: own };
    premiseString(
      await request('POST', '/_matrix/client/v3/rooms/{roomId}/join', { params: { roomId }, session, query, body: {} }),
      ['room_id'],
    );
    const params = { roomId, eventType: probeType, txnId: random.word(12) };
    const sent = await request('PUT', sendTemplate, { params, session, query, body: { probe: random.word(16) } });
    const seen = await readEvent(request, stranger, roomId, premiseString(sent, ['event_id']));
    const acts = { code: 'acts-as-other', title: 'Ein Dienst handelt als ein anderes Konto, als er sagt' };
    return outcomeOf(
      [
        ...expectEqual(
          itself,
          { wanted: `@${service.sender}:${target.serverName}`, got: stringAt(itself.json, ['user_id']) },
          acts,
        ),
        ...expectEqual(acting, { wanted: own, got: stringAt(acting.json, ['user_id']) }, acts),
        ...expectForbidden(foreign, {
          code: 'acts-as-stranger',
          title: 'Ein Dienst darf für ein Konto außerhalb seines Namensraums handeln',
        }),
        ...expectForbidden(nobody, {
          code: 'acts-as-nobody',
          title: 'Ein Dienst darf für ein Konto handeln, das es nicht gibt',
        }),
        ...expectTokenAsked(withoutToken, {
          code: 'without-token',
          title: 'Ohne Schlüssel darf jemand für ein Konto des Dienstes handeln',
        }),
        ...expectEqual(
          seen,
          { wanted: own, got: stringAt(seen.json, ['sender']) },
          { code: 'other-sender', title: 'Was ein Dienst für ein Konto sendet, trägt einen anderen Absender' },
        ),
      ],
      'Der Dienst handelt als er selbst und für sein Konto; für fremde und nicht vorhandene abgelehnt',
    );
  },
});
