import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import type { AlterableAnswer, Circumstances } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { localpartOf } from '../../lib/password-login.ts';
import { PremiseError, premise } from '../../lib/premise.ts';
import { foundUsers, directoryPath as path, searchUsers } from '../../lib/user-directory.ts';

/** The directory follows the rooms in the background, and a server that has just started has more to do there. */
const followingMs = 15_000;

// Who has left the last room in common is a stranger again and is found no more.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3user_directorysearch
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.userdir-leave',
    title: 'Wer den letzten gemeinsamen Raum verlässt, verschwindet aus dem Nutzerverzeichnis der anderen',
    requirements: ['DS-13', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3user_directorysearch'),
    rows: ['userdir'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Wer gegangen ist, wird weiter gefunden',
      defect: { when: { path }, alter: keepingFound },
      expectFinding: 'found-after-leaving',
    },
  ],
  async run({ request, user, room, join, poll }) {
    // Accounts of an application service are in no directory, and some servers let them find nobody.
    const [alice, bob] = [await user('alice', 'ordinary'), await user('bob', 'ordinary')];
    const search = async () => premise(await searchUsers(request, alice, localpartOf(bob.userId)));
    const isFound = (answer: Awaited<ReturnType<typeof search>>) => foundUsers(answer).includes(bob.userId);
    if (isFound(await search()))
      return notApplicable('Das Verzeichnis zeigt auch, wer keinen Raum teilt (user_directory.search_all_users).');
    const roomId = await room(alice);
    await join(roomId, alice, bob);
    const together = await poll({ ask: search, until: isFound, deadlineMs: followingMs });
    if (!isFound(together))
      throw new PremiseError('Vorbedingung nicht erreicht: Wer einen Raum teilt, wird im Verzeichnis nicht gefunden.');
    premise(await membershipSteps(request).leave(bob, roomId));
    const apart = await poll({ ask: search, until: (answer) => !isFound(answer), deadlineMs: followingMs });
    return outcomeOf(
      expectThat(apart, !isFound(apart), {
        code: 'found-after-leaving',
        title: 'Wer keinen Raum mehr teilt, wird im Nutzerverzeichnis weiter gefunden',
        expected: 'niemand',
        observed: bob.userId,
      }),
      'Im gemeinsamen Raum gefunden, danach nicht mehr',
    );
  },
});

/** Whoever was found once is found for ever. */
function keepingFound(answer: AlterableAnswer, { earlier }: Circumstances): AlterableAnswer {
  const found = earlier.find(({ json }) => stringAt(json, ['results', 0, 'user_id']) !== undefined);
  return found ?? answer;
}
