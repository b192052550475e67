import type { HttpSend } from '../../../core/http/http.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { sendAltered } from '../../lib/alteration.ts';
import { type CallWatch, watchFor } from '../../lib/call-watch.ts';
import type { ClientDevice } from '../../lib/client-device.ts';
import { type EncryptionContext, type EncryptionFlow, needsOfClients } from '../context.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { wireFindings } from '../wire-findings.ts';
import { asksForEncryption, foreignWellKnown, isWellKnown } from './swapped-well-known.ts';
import {
  keepingNoBackup,
  movingToNamedServer,
  obeyingForcedPlaintext,
  obeyingForcedRooms,
  withoutPolicy,
} from './weak-clients.ts';

/** Whoever answers for the server's name must not be able to move people elsewhere or to talk their program out of its safeguards. */
export const swappedWellKnown: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.swapped-well-known',
    title:
      'Nennt die Serverangabe (well-known) einen fremden Server und will sie keine Verschlüsselung und Sicherung mehr, bleibt der Web-Client bei seinem Server, verschlüsselt neue Räume und sichert weiter.',
    requirements: ['VE-02', 'VE-15'],
    needs: needsOfClients,
    timeoutMs: 240_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#well-known-uri',
    // No rule says how a client has to distrust this document.
    standing: 'informative',
    attacks: [15],
  },
  counterexamples: [
    {
      title: 'Der Web-Client wendet sich an den Server, den die Angabe nennt, und sein Webserver lässt ihn.',
      defect: withoutPolicy('bob', movingToNamedServer('bob')),
      expectFinding: 'foreign-request',
    },
    {
      title: 'Der Web-Client sendet im Klartext, sobald die Angabe Verschlüsselung untersagt.',
      defect: obeyingForcedPlaintext('bob'),
      expectFinding: 'unencrypted-event',
    },
    {
      title: 'Der Web-Client legt Räume offen an, sobald die Angabe Verschlüsselung untersagt.',
      defect: obeyingForcedRooms('bob'),
      expectFinding: 'encryption-given-up',
    },
    {
      title: 'Der Web-Client sichert keine Schlüssel mehr, sobald die Angabe es nicht verlangt.',
      defect: keepingNoBackup('bob'),
      expectFinding: 'backup-stopped',
    },
  ],
  run: async (context) => {
    const attack = createSwitchedAttack(foreignWellKnown);
    const spy = spyOn();
    const bob = await context.client('bob', {
      between: (send, device) => spy.between(sendAltered(device, send, attack.alteration)),
    });
    await bob.createRoom(`Erster Prüfraum ${context.random.word(8)}`);
    await bob.sendText(`Vorher ${context.random.word(12)}`);
    if (!spy.asked[0] || !(await writeUntilKept(bob, spy)))
      return inconclusive(
        'void: Schon mit der echten Angabe war der neue Raum nicht verschlüsselt oder nicht gesichert.',
      );
    const before = bob.foreignRequests.length;
    const seen = context.wire.events.length;
    attack.start();
    spy.startAgain();
    await bob.reopen();
    if (!(await spy.wellKnown.wait(deadlineMs)))
      return inconclusive('void: Der Web-Client fragte nach dem Neuladen nicht nach der Angabe.');
    await bob.createRoom(`Zweiter Prüfraum ${context.random.word(8)}`);
    await bob.sendText(`Nachher ${context.random.word(12)}`);
    const kept = await spy.backup.wait(deadlineMs);
    await bob.keepPicture('Mit fremder Serverangabe');
    const findings = [
      ...bob.foreignRequests.slice(before).map(({ url }) => foreignRequest(bob, url)),
      ...sentOpenly(context, seen),
      ...(spy.asked[1] ? [] : [givenUp(bob)]),
      ...(kept ? [] : [backupStopped(bob)]),
    ];
    return outcomeOf(
      findings,
      'Nach dem Neuladen mit der fremden Angabe: keine Anfrage an Fremde, der neue Raum ist auf Wunsch des Clients verschlüsselt, sein Schlüssel liegt in der Sicherung.',
    );
  },
};

/** Long enough for a client that uploads keys in batches, some seconds after it used them. */
const deadlineMs = 30_000;

/** A client demands a backup when it likes; a person meets the demand when it stands in the way of going on. */
async function writeUntilKept(bob: ClientDevice, spy: Spy): Promise<boolean> {
  for (let message = 1; message <= 6; message += 1) {
    await bob.sendText(`Weiter ${message}`);
    if (await spy.backup.wait(deadlineMs / 6)) return true;
  }
  return false;
}

const sentOpenly = ({ wire }: EncryptionContext, from: number) =>
  wireFindings(wire.events.slice(from).filter(({ device, direction }) => device === 'bob' && direction === 'request'));

interface Spy {
  /** For each room the client created: whether it asked for encryption. */
  readonly asked: readonly boolean[];
  readonly backup: CallWatch;
  readonly wellKnown: CallWatch;
  between(send: HttpSend): HttpSend;
  /** What went before no longer counts for `backup` and `wellKnown`. */
  startAgain(): void;
}

function spyOn(): Spy {
  const asked: boolean[] = [];
  const watches = () => ({
    backup: watchFor(
      ({ method, url }, { status }) => method === 'PUT' && url.includes('/room_keys/keys') && status === 200,
    ),
    wellKnown: watchFor(isWellKnown),
  });
  let current = watches();
  return {
    asked,
    get backup() {
      return current.backup;
    },
    get wellKnown() {
      return current.wellKnown;
    },
    between: (send) => async (request) => {
      const wish = asksForEncryption(request);
      if (wish !== undefined) asked.push(wish);
      return current.backup.between(current.wellKnown.between(send))(request);
    },
    startAgain: () => {
      current = watches();
    },
  };
}

const foreignRequest = ({ client }: ClientDevice, url: string): Finding => ({
  code: 'foreign-request',
  title: 'Der Web-Client wendet sich an einen Server, den eine ausgetauschte Serverangabe nennt.',
  expected: 'Er spricht nur mit dem Server, für den er eingerichtet ist.',
  observed: `Er wollte abrufen: ${url}.`,
  where: client,
});

const givenUp = ({ client }: ClientDevice): Finding => ({
  code: 'encryption-given-up',
  title: 'Der Web-Client legt Räume ohne Verschlüsselung an, weil die Serverangabe es so will.',
  expected: 'Jeder neue Raum ist auf Wunsch des Clients verschlüsselt, was die Serverangabe auch sagt.',
  observed:
    'Der Client bat beim Anlegen nicht um Verschlüsselung; sie hängt nun allein an der Vorgabe des Homeservers.',
  where: client,
});

const backupStopped = ({ client }: ClientDevice): Finding => ({
  code: 'backup-stopped',
  title: 'Der Web-Client hört auf, Schlüssel zu sichern, weil die Serverangabe es nicht verlangt.',
  expected: 'Auch der Schlüssel des neuen Raums kommt in die Sicherung.',
  observed: 'Kein Schlüssel ging innerhalb der Frist in die Sicherung.',
  where: client,
});
