import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { Sighting } from '../../lib/wire/wire-log.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor, hiddenEncryptionState } from '../defects.ts';
import { deliver, meetInEncryptedRoom, wordsFrom } from '../meeting.ts';

/**
 * A word that exists only inside messages is in no address and no HTTP body of either device, in whatever form,
 * and yet the other side reads it. A control word that Matrix transmits openly shows that the search finds words.
 */
export const wireCanary: EncryptionFlow = {
  meta: {
    id: 'encryption.messages.wire-canary',
    title: 'Ein Kanarienwort aus einer Nachricht steht nirgends im HTTP-Verkehr der Geräte und wird dennoch gelesen.',
    requirements: ['VE-03'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#end-to-end-encryption',
    standing: 'normative',
    rows: ['e2e-wire-canary'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'canary-on-wire',
    },
    {
      title: 'Der Server verändert den Geheimtext, den bob empfängt.',
      defect: brokenCiphertextFor('bob'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const words = wordsFrom(context);
    const canary = context.wire.watch(words.canary);
    const control = context.wire.watch(words.control);
    const { alice, bob, roomId } = await meetInEncryptedRoom(context, words.control);
    const findings = [
      ...(await deliver({ from: alice, to: bob, roomId, text: `Prüfnachricht mit dem Wort ${words.canary}.` })),
      ...(await deliver({ from: bob, to: alice, roomId, text: `Antwort mit dem Wort ${words.canary}.` })),
    ];
    if (control.sightings.length === 0) {
      return inconclusive(
        'Die Suche fand auch das Kontrollwort nicht, das offen übertragen wurde; sie beweist nichts.',
      );
    }
    const searched = `${canary.bodies} Anfragen und Antworten durchsucht`;
    const seen = `Kanarienwort nirgends, Kontrollwort ${control.sightings.length}-mal gefunden`;
    return outcomeOf(
      [...findings, ...canaryFindings(canary.sightings)],
      `${searched}: ${seen}; beidseits entschlüsselt.`,
    );
  },
};

/** One finding for each place, however often the word passed it. */
function canaryFindings(sightings: readonly Sighting[]): readonly Finding[] {
  const byPlace = Map.groupBy(sightings, placeOf);
  return [...byPlace].map(([where, seen]) => ({
    code: 'canary-on-wire',
    title: 'Der Text einer Nachricht hat das Gerät unverschlüsselt verlassen.',
    expected: 'Ein Wort aus einer verschlüsselten Nachricht steht in keiner Adresse und keinem HTTP-Körper.',
    observed: `Das Kanarienwort wurde ${seen.length}-mal gefunden (${formsOf(seen)}).`,
    where,
  }));
}

const placeOf = ({ device, direction, operation }: Sighting) =>
  `${operation}, ${direction === 'request' ? 'Anfrage' : 'Antwort'} (${device})`;

const formsOf = (seen: readonly Sighting[]) => [...new Set(seen.flatMap(({ forms }) => forms))].join(', ');
