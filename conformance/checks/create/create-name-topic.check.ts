import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasTemplate, removeAlias, resolveAlias } from '../../lib/aliases.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat, type Findings } from '../../lib/match.ts';
import { readState, stateTemplate, stateValue } from '../../lib/room-state.ts';
import { advertises } from '../../lib/spec-versions.ts';
import { changingState } from '../../lib/state-defects.ts';

// The edition that gave topics more than one form.
const richTopicsSince = '1.15';

// Name, topic and alias asked for are there from the start and win over what the initial state says.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom
export const check = conformanceCheck({
  meta: {
    id: 'conformance.create.create-name-topic',
    title: 'Name, Thema und Adresse eines neuen Raums sind die verlangten',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3createroom'),
  },
  counterexamples: [
    {
      title: 'Der Name aus dem Anfangszustand bleibt stehen',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.name', ['name'], 'Anfangszustand') },
      expectFinding: 'name-differs',
    },
    {
      title: 'Das Thema aus dem Anfangszustand bleibt stehen',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.topic', ['topic'], 'Anfangszustand') },
      expectFinding: 'topic-differs',
    },
    {
      title: 'Dem Thema fehlt die neue Form',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.topic', ['m.topic'], { 'm.text': [] }) },
      expectFinding: 'rich-topic-missing',
    },
    {
      title: 'Die Adresse führt in einen anderen Raum',
      defect: {
        when: { method: 'GET', path: aliasTemplate },
        alter: setting(['room_id'], '!anderer:example.org'),
      },
      expectFinding: 'alias-differs',
    },
    {
      title: 'Der Raum nennt seine Adresse nicht',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.canonical_alias', ['alias'], null) },
      expectFinding: 'alias-not-named',
    },
  ],
  async run({ request, user, room, random, target }) {
    const alice = await user('alice');
    const localpart = `pruefstand-${random.word(16)}`;
    const alias = `#${localpart}:${target.serverName}`;
    const wanted = { name: `Raum ${random.word(8)}`, topic: `Thema ${random.word(8)}` };
    const initial_state = [
      { type: 'm.room.name', state_key: '', content: { name: 'Anfangszustand' } },
      { type: 'm.room.topic', state_key: '', content: { topic: 'Anfangszustand' } },
    ];
    const roomId = await room(alice, { ...wanted, room_alias_name: localpart, initial_state });
    const state = await readState(request, alice, roomId);
    const resolved = await resolveAlias(request, alice, alias);
    const hasRichTopics = advertises(target, richTopicsSince);
    await removeAlias(request, alice, alias);
    return outcomeOf(
      [
        ...textFindings(state, wanted),
        ...(hasRichTopics ? richTopicFindings(state, wanted.topic) : []),
        ...expectEqual(
          resolved,
          { wanted: roomId, got: stringAt(resolved.json, ['room_id']) },
          { code: 'alias-differs', title: 'Die verlangte Adresse führt nicht in den neuen Raum' },
        ),
        ...expectEqual(
          state,
          { wanted: alias, got: stateValue(state.json, 'm.room.canonical_alias', ['alias']) },
          { code: 'alias-not-named', title: 'Der neue Raum nennt die verlangte Adresse nicht als seine' },
        ),
      ],
      'Name, Thema und Adresse wie verlangt, nicht wie im Anfangszustand',
    );
  },
});

function textFindings(state: Answer, { name, topic }: { readonly name: string; readonly topic: string }): Findings {
  return [
    ...expectEqual(
      state,
      { wanted: name, got: stateValue(state.json, 'm.room.name', ['name']) },
      { code: 'name-differs', title: 'Der neue Raum heißt nicht wie verlangt' },
    ),
    ...expectEqual(
      state,
      { wanted: topic, got: stateValue(state.json, 'm.room.topic', ['topic']) },
      { code: 'topic-differs', title: 'Der neue Raum hat nicht das verlangte Thema' },
    ),
  ];
}

/** A form without a media type is plain text. */
function richTopicFindings(state: Answer, topic: string): Findings {
  const forms = arrayAt(stateValue(state.json, 'm.room.topic', ['m.topic', 'm.text']), []);
  const plain = forms.filter((form) => (valueAt(form, ['mimetype']) ?? 'text/plain') === 'text/plain');
  return expectThat(
    state,
    plain.some((form) => valueAt(form, ['body']) === topic),
    {
      code: 'rich-topic-missing',
      title: 'Das Thema liegt nicht als Text in der neuen Form vor',
      expected: 'm.topic mit dem Thema als text/plain',
      observed: `${forms.length} Formen, darunter ${plain.length} als Text`,
    },
  );
}
