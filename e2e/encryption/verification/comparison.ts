import type { Finding } from '../../../core/model/finding.ts';
import type { Verification, VerificationEnd } from '../../lib/crypto-device.ts';

/** Both sides of one verification. */
export interface Comparison {
  readonly asker: Verification;
  readonly answerer: Verification;
}

export interface ShownEmojis {
  readonly toAsker: string | undefined;
  readonly toAnswerer: string | undefined;
}

/** The answerer agrees to verify; whether both know of it. */
export async function agree({ asker, answerer }: Comparison): Promise<boolean> {
  await answerer.accept();
  const isReady = await Promise.all([asker, answerer].map((side) => side.waitUntilReady()));
  return isReady.every(Boolean);
}

/** From the agreement to what both people see. */
export async function showEmojis({ asker, answerer }: Comparison): Promise<ShownEmojis> {
  await asker.startEmojis();
  const [toAsker, toAnswerer] = await Promise.all([asker.waitForEmojis(), answerer.waitForEmojis()]);
  return { toAsker, toAnswerer };
}

export const isSame = ({ toAsker, toAnswerer }: ShownEmojis) => toAsker !== undefined && toAsker === toAnswerer;

/** Both people see the same and say so; how it ended for each, or a finding. */
export async function confirmSame(comparison: Comparison): Promise<readonly Finding[]> {
  const shown = await showEmojis(comparison);
  const different = expectSameEmojis(shown);
  if (different.length > 0) return different;
  await Promise.all([comparison.asker.confirm(), comparison.answerer.confirm()]);
  return expectBothDone(comparison);
}

const expectSameEmojis = (shown: ShownEmojis): readonly Finding[] =>
  isSame(shown)
    ? []
    : [
        {
          code: 'emojis-differ',
          title: 'Die beiden Geräte zeigen nicht dieselbe Emoji-Folge.',
          expected: 'Beide Seiten sehen dieselben sieben Emojis.',
          observed:
            shown.toAsker === undefined || shown.toAnswerer === undefined
              ? 'Mindestens eine Seite zeigt keine Emojis.'
              : 'Die Folgen sind verschieden.',
          where: 'm.key.verification.key',
        },
      ];

export async function expectBothDone({ asker, answerer }: Comparison): Promise<readonly Finding[]> {
  const ends = await Promise.all([asker.waitForEnd(), answerer.waitForEnd()]);
  return ends.every(({ kind }) => kind === 'done')
    ? []
    : [
        {
          code: 'not-done',
          title: 'Die Geräteprüfung kommt nicht zum Ende.',
          expected: 'Beide Seiten schließen die Prüfung ab.',
          observed: ends.map(describeEnd).join('; '),
          where: 'm.key.verification.done',
        },
      ];
}

export const describeEnd = (end: VerificationEnd): string => {
  if (end.kind === 'done') return 'abgeschlossen';
  if (end.kind === 'open') return 'noch offen';
  return `abgebrochen mit ${end.code} (${end.byMe ? 'vom eigenen Gerät' : 'von der anderen Seite'})`;
};

/** A side must report the end with the right code. */
export const expectCancelled = (side: string, end: VerificationEnd, codes: readonly string[]): readonly Finding[] =>
  end.kind === 'cancelled' && codes.includes(end.code)
    ? []
    : [
        {
          code: end.kind === 'cancelled' ? 'other-code' : 'not-cancelled',
          title: 'Die Geräteprüfung endet nicht mit dem richtigen Abbruch.',
          expected: `Abbruch mit ${codes.join(' oder ')}.`,
          observed: describeEnd(end),
          where: side,
        },
      ];

/** Nobody may count as verified. */
export const expectNoTrust = (trust: Readonly<Record<string, boolean>>): readonly Finding[] =>
  Object.entries(trust)
    .filter(([, isTrusted]) => isTrusted)
    .map(([where]) => ({
      code: 'trusted-anyway',
      title: 'Trotz gescheiterter Prüfung gilt das Gegenüber als bestätigt.',
      expected: 'Wer die Prüfung nicht bestanden hat, bleibt unbestätigt.',
      observed: 'Das Gegenüber gilt als bestätigt.',
      where,
    }));

/** What the verification is for. */
export const expectTrust = (trust: Readonly<Record<string, boolean>>): readonly Finding[] =>
  Object.entries(trust)
    .filter(([, isTrusted]) => !isTrusted)
    .map(([where]) => ({
      code: 'not-trusted',
      title: 'Nach der gelungenen Prüfung gilt das Gegenüber nicht als bestätigt.',
      expected: 'Wer die Prüfung bestanden hat, gilt als bestätigt.',
      observed: 'Das Gegenüber gilt als unbestätigt.',
      where,
    }));
