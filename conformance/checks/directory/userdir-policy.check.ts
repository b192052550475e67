import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, objectAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { localpartOf } from '../../lib/password-login.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { expectTokenAsked } from '../../lib/refusals.ts';
import { foundUsers, directoryPath as path, searchUsers } from '../../lib/user-directory.ts';

const shownKeys = ['avatar_url', 'display_name', 'user_id'];

// The directory tells name and picture and nothing else, never more people than asked for, and only colleagues.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3user_directorysearch
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.userdir-policy',
    title:
      'Das Nutzerverzeichnis verrät nur Kennung, Namen und Bild, hält die verlangte Länge ein und bleibt Fremden verschlossen',
    requirements: ['DS-13', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3user_directorysearch'),
  },
  counterexamples: [
    {
      title: 'Zu jeder Person wird die E-Mail-Adresse genannt',
      defect: { when: { path }, alter: setting(['results', 0, 'email'], 'alice@example.org') },
      expectFinding: 'more-than-name-and-picture',
    },
    {
      title: 'Es werden mehr Personen geliefert als verlangt',
      defect: {
        when: { path },
        alter: (answer, seen) => {
          const results = arrayAt(answer.json, ['results']);
          return setting(['results'], [...results, ...results])(answer, seen);
        },
      },
      expectFinding: 'longer-than-asked',
    },
    {
      title: 'Dass es mehr Treffer gibt, wird verschwiegen',
      defect: { when: { path }, alter: setting(['limited'], false) },
      expectFinding: 'limit-concealed',
    },
    {
      title: 'Ohne Anmeldung lässt sich suchen',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.hasToken ? answer : answering(200, { results: [], limited: false })(answer, seen),
      },
      expectFinding: 'open-to-all',
    },
  ],
  async run({ request, user, room, join, poll }) {
    const [alice, bob, carol] = [
      await user('directory', 'ordinary'),
      await user('directory', 'ordinary'),
      await user('alice'),
    ];
    const roomId = await room(carol);
    for (const guest of [alice, bob]) await join(roomId, carol, guest);
    const common = wordInBoth(localpartOf(alice.userId), localpartOf(bob.userId));
    if (common === '')
      return inconclusive('Die Prüfkonten haben keinen Wortanfang gemeinsam, nach dem zu suchen wäre.');
    const wide = await poll({
      ask: async () => premise(await searchUsers(request, carol, common, 50)),
      until: (answer) => foundUsers(answer).length >= 2,
      deadlineMs: settlingMs,
    });
    const narrow = premise(await searchUsers(request, carol, common, 1));
    const anonymous = await request('POST', path, { body: { search_term: common } });
    const keys = [...arrayAt(wide.json, ['results']), ...arrayAt(narrow.json, ['results'])].flatMap((result) =>
      Object.keys(objectAt(result, [])),
    );
    return outcomeOf(
      [
        ...expectEqual(
          wide,
          { wanted: [], got: [...new Set(keys)].filter((key) => !shownKeys.includes(key)) },
          {
            code: 'more-than-name-and-picture',
            title: 'Das Nutzerverzeichnis verrät mehr als Kennung, Namen und Bild',
          },
        ),
        ...expectThat(narrow, foundUsers(narrow).length === 1, {
          code: 'longer-than-asked',
          title: 'Das Nutzerverzeichnis hält die verlangte Länge nicht ein',
          expected: 'eine Person',
          observed: `${foundUsers(narrow).length} Personen`,
        }),
        ...expectEqual(
          narrow,
          { wanted: true, got: valueAt(narrow.json, ['limited']) },
          { code: 'limit-concealed', title: 'Das Nutzerverzeichnis verschweigt, dass es mehr Treffer gibt' },
        ),
        ...expectTokenAsked(anonymous, {
          code: 'open-to-all',
          title: 'Das Nutzerverzeichnis ist ohne Anmeldung durchsuchbar',
        }),
      ],
      `Nur Kennung, Name und Bild; bei verlangter Länge 1 eine von ${foundUsers(wide).length} oder mehr Personen; ohne Anmeldung 401`,
    );
  },
});

/** The word with which both names begin. */
function wordInBoth(one: string, other: string): string {
  const differsAt = [...one].findIndex((character, index) => character !== other[index]);
  const same = differsAt === -1 ? one : one.slice(0, differsAt);
  return /^[a-z0-9]*/.exec(same)?.[0] ?? '';
}
