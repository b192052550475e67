import { randomInt } from 'node:crypto';
import { createRandom } from '../../core/random.ts';

/** Local parts nobody else has; the same run seed gives the same names in the same order of asking. */
export function createNames(seed: string): (prefix: string, label: string) => string {
  const random = createRandom(`${seed}|accounts`);
  let count = 0;
  return (prefix, label) => {
    count++;
    return `${prefix}${label.toLowerCase().replace(/[^a-z0-9]/g, '')}-${random.word(6)}${count.toString(36)}`;
  };
}

const groups = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '!#$%&*+-=?'];

/** Secret, so not from the seed; longer than any policy asks for, with every kind of character. */
export function createPassword(): string {
  const pick = (characters: string) => characters.charAt(randomInt(characters.length));
  const all = groups.join('');
  return [...groups.map(pick), ...Array.from({ length: 20 }, () => pick(all))].join('');
}
