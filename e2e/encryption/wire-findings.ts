import type { Finding } from '../../core/model/finding.ts';
import type { WireEvent } from '../lib/wire/wire-events.ts';

export const megolm = 'm.megolm.v1.aes-sha2';

/** What is not Megolm ciphertext: one finding for each device, direction and kind, however often it went over the wire. */
export function wireFindings(events: readonly WireEvent[]): readonly Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const event of events) {
    const finding = wireFinding(event);
    if (finding) byPlace.set(`${finding.code} ${finding.where}`, finding);
  }
  return [...byPlace.values()];
}

function wireFinding(event: WireEvent): Finding | undefined {
  const where = `${event.device}, ${event.direction === 'request' ? 'Senden' : 'Empfangen'} von ${event.type}`;
  if (event.type !== 'm.room.encrypted') {
    return {
      code: 'unencrypted-event',
      title: 'In einem verschlüsselten Raum ging ein Ereignis unverschlüsselt über den Draht.',
      expected: 'Jede Nachricht wird als m.room.encrypted übertragen.',
      observed: `Übertragen wurde ${event.type}.`,
      where,
    };
  }
  if (event.algorithm === megolm) return undefined;
  return {
    code: 'other-algorithm',
    title: 'Eine Nachricht ist nicht mit Megolm v1 verschlüsselt.',
    expected: `Das Verfahren ist ${megolm}.`,
    observed: `Das Verfahren ist ${event.algorithm ?? 'nicht angegeben'}.`,
    where,
  };
}
