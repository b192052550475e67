import type { Random } from '../../core/random.ts';

/** A password for an account that only this check uses, with every kind of character a policy may ask for. */
export const passwordFrom = (random: Random): string => `Aa1!${random.word(16)}`;
