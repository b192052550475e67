import type { HttpSend } from '../../../core/http/http.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { ClientDevice } from '../../lib/client-device.ts';
import { safeguardsOf } from '../clients/safeguards.ts';
import { sideOfClient } from '../clients/side.ts';
import { meet } from '../clients/together.ts';
import { type EncryptionContext, type EncryptionFlow, needsOfClients } from '../context.ts';
import { climbsOut, type HostileMessage, hostileMessages } from './hostile-content.ts';
import { followingLinks, unsanitising, withoutPolicy } from './weak-clients.ts';

/** Encryption hides what a message does from everybody but the client that shows it. */
export const hostileContent: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.hostile-content',
    title:
      'Präparierte Nachrichten (HTML, SVG, Verweise, Medienadressen) bleiben im Web-Client wirkungslos: kein Skript, kein Seitenwechsel, keine Anfrage an Fremde.',
    requirements: ['SI-19'],
    needs: needsOfClients,
    timeoutMs: 240_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mroommessage-msgtypes',
    standing: 'normative',
    attacks: [16],
  },
  counterexamples: [
    {
      title: 'Der Web-Client zeigt Nachrichten, ohne sie zu säubern, und sein Server verbietet keine Skripte.',
      defect: withoutPolicy('bob', unsanitising('bob')),
      expectFinding: 'script-ran',
    },
    {
      title: 'Der Web-Client lässt gefährliche Elemente stehen, nur sein Server verbietet ihre Wirkung.',
      defect: unsanitising('bob'),
      expectFinding: 'active-content',
    },
    {
      title: 'Der Web-Client ruft Adressen aus Nachrichten von sich aus ab.',
      defect: withoutPolicy('bob', followingLinks('bob')),
      expectFinding: 'foreign-request',
    },
  ],
  run: async (context) => {
    const asked: string[] = [];
    const between =
      (send: HttpSend): HttpSend =>
      (request) => {
        asked.push(request.url);
        return send(request);
      };
    const [alice, bob] = await Promise.all([context.device('alice'), context.client('bob', { between })]);
    const room = await meet(context, alice, [sideOfClient(bob)]);
    const [first, last] = [`Vorher ${context.random.word(12)}`, `Nachher ${context.random.word(12)}`];
    await alice.sendText(room.id, first);
    if (!(await bob.waitForText(first))) return inconclusive('void: Schon die harmlose Nachricht war nicht zu lesen.');
    const attacker = attackerOf(context);
    const doings = await bob.watchDoings(attacker.functionName);
    const before = bob.foreignRequests.length;
    const messages = hostileMessages(attacker);
    const sent = new Map<string, HostileMessage>();
    for (const message of messages) sent.set(await alice.sendContent(room.id, message.content), message);
    await alice.sendText(room.id, last);
    const isWhole = await bob.waitForText(last);
    // By the time the server has taken this, the page has had its turn with everything above.
    if (isWhole) await bob.sendText(`Danke ${context.random.word(12)}`);
    const active = await safeguardsOf(bob).readActiveContent();
    await bob.keepPicture('Nach den präparierten Nachrichten');
    const what = (number: string) => messages[Number(number)]?.what ?? 'keiner Nachricht zuzuordnen';
    const findings = [
      ...doings.calls.map((number) => scriptRan(bob, what(number), 'Ein Skript aus der Nachricht lief.')),
      ...doings.dialogs.map((text) => scriptRan(bob, 'Dialog', `Ein Dialog erschien: ${text.slice(0, 80)}.`)),
      ...active.map(({ eventId, what: mark }) => activeContent(bob, sent.get(eventId)?.what ?? eventId, mark)),
      ...doings.departures.map((place) => departed(bob, place)),
      ...bob.foreignRequests
        .slice(before)
        .map(({ url }) => foreignRequest(bob, what(url.split('/').at(-1) ?? ''), url)),
      ...asked.filter((url) => climbsOut(url, attacker)).map((url) => climbed(bob, what(numberIn(url, attacker.path)))),
    ];
    if (!isWhole && findings.length === 0)
      return inconclusive('void: Nach den präparierten Nachrichten kam nichts mehr an.');
    return outcomeOf(
      onePerPlace(findings),
      `${messages.length} präparierte Nachrichten angezeigt: kein Skript, kein Dialog, kein Seitenwechsel, keine Anfrage an Fremde.`,
    );
  },
};

const attackerOf = ({ random }: EncryptionContext) => ({
  // Names that end so belong to nobody.
  origin: 'https://fremd.pruefstand.invalid',
  functionName: `lief${random.word(8)}`,
  path: `pfad${random.word(8)}-`,
});

const numberIn = (url: string, path: string) => /^\d+/.exec(url.split(path).at(-1) ?? '')?.[0] ?? '';

const onePerPlace = (findings: readonly Finding[]) => [
  ...new Map(findings.map((finding) => [`${finding.code} ${finding.where}`, finding])).values(),
];

const title = 'Eine präparierte Nachricht wirkt über ihre Anzeige hinaus.';

const scriptRan = ({ client }: ClientDevice, what: string, observed: string): Finding => ({
  code: 'script-ran',
  title,
  expected: 'Nichts aus einer Nachricht wird ausgeführt.',
  observed,
  where: `${client}: ${what}`,
});

const activeContent = ({ client }: ClientDevice, what: string, mark: string): Finding => ({
  code: 'active-content',
  title,
  expected: 'In der Anzeige stehen nur Elemente und Attribute, die die Spezifikation erlaubt.',
  observed: `In der Nachricht steht „${mark}“.`,
  where: `${client}: ${what}`,
});

/** No counterexample: a page that leaves is shown to be noticed in `page-doings.test.ts`; a client that does it costs minutes. */
const departed = ({ client }: ClientDevice, place: string): Finding => ({
  code: 'left-page',
  title,
  expected: 'Die Seite bleibt, wo sie ist, und öffnet nichts.',
  observed: `Es öffnete sich: ${place}.`,
  where: client,
});

const foreignRequest = ({ client }: ClientDevice, what: string, url: string): Finding => ({
  code: 'foreign-request',
  title,
  expected: 'Wer eine Nachricht nur ansieht, wird dadurch niemandem bekannt.',
  observed: `Der Web-Client wollte abrufen: ${url}.`,
  where: `${client}: ${what}`,
});

/** No counterexample: the untouched client gives cause for this finding, as the table of known deviations says. */
const climbed = ({ client }: ClientDevice, what: string): Finding => ({
  code: 'left-media',
  title,
  expected: 'Eine Medienadresse führt nie aus den Medien des Servers heraus.',
  observed: 'Der Web-Client rief in fremdem Auftrag eine andere Schnittstelle des Servers auf.',
  where: `${client}: ${what}`,
});
