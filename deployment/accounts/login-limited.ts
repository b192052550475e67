import type { Text } from '../../core/model/text.ts';

export function loginLimited(waitMs: number): Text {
  const seconds = Math.ceil(waitMs / 1_000);
  return {
    de: `Die Anmeldegrenze des Ziels verlangt ${seconds} s Wartezeit.`,
    en: `The target's login limit asks to wait ${seconds} s.`,
  };
}
