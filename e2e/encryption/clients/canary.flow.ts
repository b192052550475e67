import { Buffer } from 'node:buffer';
import { inconclusive } from '../../../core/model/outcome.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { ClientDevice } from '../../lib/client-device.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { CanaryKind } from '../canary/kinds.ts';
import { type CanarySighting, judgeSearch, matrixEvidence } from '../canary/matrix.ts';
import { canariesFrom, leaveOpen, type Words } from '../canary/scenario.ts';
import { sightingsIn } from '../canary/sightings.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { programWith } from './altered-client.ts';
import { sideOfClient } from './side.ts';
import { meet } from './together.ts';

/** What only a client with an interface has: text that is typed and not sent, a search field, a file from a disk. */
const kinds = [
  'draft',
  'searchTerm',
  'text',
  'edit',
  'fileName',
  'fileContent',
] as const satisfies readonly CanaryKind[];

/** The client tells the server what stands in the field where messages are written. */
const sendingDrafts = programWith(
  'alice',
  `let gesagt = '';
setInterval(() => {
  const text = document.querySelector('.mx_BasicMessageComposer_input')?.innerText.trim() ?? '';
  if (text === gesagt || !globalThis.mxMatrixClientPeg?.get()) return;
  gesagt = text;
  fetch(mxMatrixClientPeg.get().baseUrl + '/_matrix/client/versions?entwurf=' + encodeURIComponent(text)).catch(() => undefined);
}, 50);`,
);

/** Devices of the bench have no interface: what a client makes of typed words shows itself only here. */
export const clientCanary: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.canary',
    title:
      'Was jemand am Web-Client tippt, sucht, sendet, bearbeitet und anhängt, steht in keiner seiner Anfragen und Antworten offen.',
    requirements: ['VE-03', 'VE-04'],
    needs: needsOfClients,
    timeoutMs: 360_000,
    standing: 'wish',
    rows: ['e2e-wire-canary'],
  },
  counterexamples: [
    {
      title: 'Der Web-Client meldet dem Server, was im Eingabefeld steht.',
      defect: sendingDrafts,
      expectFinding: 'canary-on-wire',
    },
  ],
  run: async (context) => {
    const { words, control } = canariesFrom(context);
    const open = context.wire.watch(control);
    const watches = kinds.map((kind) => ({ kind, watch: context.wire.watch(words[kind]) }));
    const [alice, bob] = await Promise.all([context.client('alice'), context.device('bob')]);
    await leaveOpen(bob, control);
    const room = await meet(context, bob, [sideOfClient(alice)]);
    // An open word in the client's own traffic, found by the same search.
    await bob.setTopic(room.id, `Thema ${control}`);
    const unread = await play(alice, bob, { ...room, words });
    await alice.keepPicture('Nach dem Tippen, Suchen, Senden, Bearbeiten und Anhängen');
    if (!open.sightings.some(({ device }) => device === 'alice'))
      return inconclusive('void: Das offene Kontrollwort erreichte den Web-Client nicht.');
    const sightings: readonly CanarySighting[] = [{ kind: 'control' as const, watch: open }, ...watches].flatMap(
      sightingsIn,
    );
    const search = {
      place: 'wire',
      sightings,
      searched: `${open.bodies} Anfragen und Antworten`,
      unread,
      kinds,
    } as const;
    context.keep(matrixEvidence(search, []));
    return judgeSearch(search, [], []);
  },
};

interface Stage {
  readonly id: string;
  readonly name: string;
  readonly words: Words;
}

/** Types, comes back to what was typed, searches, sends, changes it, attaches a file; what the other side did not get to read. */
async function play(
  alice: ClientDevice,
  bob: CryptoDevice,
  { id, name, words }: Stage,
): Promise<readonly CanaryKind[]> {
  const { writing } = alice;
  if (writing === undefined) throw new RigError('defect', `nothing is judged of how people write with ${alice.client}`);
  await writing.type(`Entwurf ${words.draft}`);
  await alice.reopen();
  await alice.openRoom(name);
  const isDraftKept = (await writing.typedText()).includes(words.draft);
  await writing.clear();
  await alice.sendText(`Gesucht wird ${words.searchTerm}`);
  await writing.search(words.searchTerm);
  await alice.sendText(`Nachricht mit ${words.text}`);
  const edited = await writing.editLast(`Bearbeitet mit ${words.edit}`);
  const bytes = Buffer.from(`Künstlicher Inhalt: ${words.fileContent}`);
  const attached = await writing.attach({ name: `${words.fileName}.txt`, bytes });
  const file = await bob.fetchFile(id, attached);
  const isRead: Partial<Record<CanaryKind, boolean>> = {
    draft: isDraftKept,
    searchTerm: (await bob.waitForText(id, `Gesucht wird ${words.searchTerm}`)) !== undefined,
    edit: await bob.waitForEdit(id, edited, `Bearbeitet mit ${words.edit}`),
    fileName: (await bob.waitForContent(id, attached))?.includes(words.fileName) ?? false,
    fileContent: file.kind === 'opened' && bytes.equals(file.bytes),
  };
  return kinds.filter((kind) => isRead[kind] === false);
}
