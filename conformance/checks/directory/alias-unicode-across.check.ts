import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasFor, aliasTemplate, removeAlias, resolveAlias, setAlias } from '../../lib/aliases.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { joinByAliasTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';

// Names of rooms may be in any writing for other homeservers, too.
// https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1querydirectory
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.alias-unicode-across',
    title:
      'Raumadressen mit Umlauten und fremden Schriftzeichen führen auch über einen anderen Homeserver in ihren Raum',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('get_matrixclientv3directoryroomroomalias'),
    rows: ['alias-unicode'],
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Die Adresse führt in einen anderen Raum',
      defect: { when: { method: 'GET', path: aliasTemplate }, alter: setting(['room_id'], '!fremd:example.org') },
      expectFinding: 'resolved-wrongly',
    },
    {
      title: 'Wer über die Adresse beitritt, kommt in einen anderen Raum',
      defect: { when: { path: joinByAliasTemplate }, alter: setting(['room_id'], '!fremd:example.org') },
      expectFinding: 'entered-wrongly',
    },
  ],
  async run(near) {
    const far = await near.variant('partner');
    const [alice, bob] = [await near.user('alice'), await far.user('bob')];
    const roomId = await near.room(alice, { preset: 'public_chat' });
    const roomAlias = aliasFor(near, roomId, 'prüfstand-Ärzte-会議室-😀');
    premise(await setAlias(near.request, alice, { roomAlias, roomId }));
    const resolved = await resolveAlias(far.request, bob, roomAlias);
    const joined = await membershipSteps(far.request).joinByAlias(bob, roomAlias);
    await removeAlias(near.request, alice, roomAlias);
    return outcomeOf(
      [
        ...expectEqual(
          resolved,
          { wanted: roomId, got: stringAt(resolved.json, ['room_id']) },
          {
            code: 'resolved-wrongly',
            title: 'Eine Raumadresse mit Umlauten führt von einem anderen Homeserver aus nicht in ihren Raum',
          },
        ),
        ...expectEqual(
          joined,
          { wanted: roomId, got: stringAt(joined.json, ['room_id']) },
          {
            code: 'entered-wrongly',
            title: 'Wer über eine Raumadresse mit Umlauten von einem anderen Homeserver aus beitritt, landet woanders',
          },
        ),
      ],
      'Von einem anderen Homeserver aus aufgelöst und betreten',
    );
  },
});
