import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { SinkRequest } from '../../../core/model/surroundings.ts';
import { alterJson, isJsonObject } from '../../lib/alteration.ts';
import { formsIn, formsOf } from '../../lib/wire/word-forms.ts';
import type { EncryptionDefect, EncryptionFlow } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import { wordsFrom } from '../meeting.ts';

/** The homeserver finds something whatever it is asked. */
const findingEverything: EncryptionDefect = ({ request, answer }) =>
  new URL(request.url).pathname.endsWith('/search')
    ? alterJson(answer, (object) => ('results' in object ? { ...object, count: 1 } : object))
    : answer;

/** Push messages pass through services of others. A control word, the room's name, shows that both searches find words. */
export const searchPush: EncryptionFlow = {
  meta: {
    id: 'encryption.messages.search-push',
    title: 'Weder die Push-Nachricht noch die Suche des Servers verrät ein Wort aus einer verschlüsselten Nachricht.',
    requirements: ['VE-03'],
    needs: ['lab'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/push-gateway-api/#post_matrixpushv1notify',
    standing: 'normative',
    rows: ['e2e-search-push'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'canary-in-push',
    },
    {
      title: 'Der Server findet Wörter aus verschlüsselten Nachrichten.',
      defect: findingEverything,
      expectFinding: 'canary-in-search',
    },
  ],
  run: async (context) => {
    const open = await context.variant('open');
    const { surroundings } = open;
    if (surroundings === undefined) throw new RigError('defect', 'a variant lacks the surroundings it talks to');
    const { pushGateway } = surroundings;
    const words = wordsFrom(context);
    // Synapse wakes no device of an account that belongs to an application service.
    const [alice, bob] = await Promise.all([open.device('alice'), open.device('bob', { kind: 'ordinary' })]);
    const roomId = await alice.createEncryptedRoom({ name: `Prüfraum ${words.control}`, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const pushkey = context.random.word(24);
    await bob.askForPushes(`${pushGateway.url}/_matrix/push/v1/notify`, pushkey);
    const eventId = await alice.sendText(roomId, `Prüfnachricht mit dem Wort ${words.canary}.`);
    const push = await pushGateway.waitFor((asked) => isPushOf(asked, { pushkey, eventId }), 10_000);
    if (push === undefined) return inconclusive('void: Zu der Nachricht kam keine Push-Nachricht.');
    const pushed = JSON.stringify(push.json);
    if (formsIn(pushed, formsOf(words.control)).length === 0)
      return inconclusive('void: Auch das Kontrollwort stand nicht in der Push-Nachricht; die Suche beweist nichts.');
    if ((await bob.searchOnServer(words.control)) === 0)
      return inconclusive('void: Der Server fand auch das Kontrollwort nicht; die Suche beweist nichts.');
    const forms = formsIn(pushed, formsOf(words.canary));
    const found = await bob.searchOnServer(words.canary);
    return outcomeOf(
      [
        ...(forms.length === 0
          ? []
          : [leak('canary-in-push', 'Push-Nachricht', `Es steht dort (${forms.join(', ')}).`)]),
        ...(found === 0 ? [] : [leak('canary-in-search', 'Suche des Servers', `Er findet ${found} Ereignisse.`)]),
      ],
      'Das Kontrollwort stand in der Push-Nachricht und wurde vom Server gefunden, das Kanarienwort nirgends.',
    );
  },
};

function isPushOf({ json }: SinkRequest, wanted: { readonly pushkey: string; readonly eventId: string }): boolean {
  const notification = isJsonObject(json) ? json['notification'] : undefined;
  if (!isJsonObject(notification) || notification['event_id'] !== wanted.eventId) return false;
  const devices: unknown = notification['devices'];
  return Array.isArray(devices) && devices.some((one) => isJsonObject(one) && one['pushkey'] === wanted.pushkey);
}

const leak = (code: string, where: string, observed: string) => ({
  code,
  title: 'Ein Wort aus einer verschlüsselten Nachricht ist außerhalb der Geräte zu lesen.',
  expected: 'Das Wort steht nur auf den Geräten.',
  observed,
  where,
});
