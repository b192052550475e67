import { expect, test } from 'vitest';
import { createNames, createPassword } from './names.ts';

test('the same seed gives the same names, another seed others', () => {
  const names = (seed: string) => Array.from({ length: 20 }, createNamer(seed));
  expect(names('1')).toEqual(names('1'));
  expect(names('1')).not.toEqual(names('2'));
  expect(new Set(names('1')).size).toBe(20);
});

const createNamer = (seed: string) => {
  const nameFor = createNames(seed);
  return () => nameFor('bench-', 'Alice Ä!');
};

test('a name has only characters every server accepts', () => {
  expect(createNamer('1')()).toMatch(/^bench-alice-[a-z0-9]+$/);
});

test('a password has every kind of character the policy asks for and is never the same', () => {
  const passwords = Array.from({ length: 50 }, createPassword);
  for (const password of passwords) {
    expect(password).toMatch(/[a-z]/);
    expect(password).toMatch(/[A-Z]/);
    expect(password).toMatch(/\d/);
    expect(password).toMatch(/[^a-zA-Z0-9]/);
    expect(password.length).toBeGreaterThanOrEqual(8);
  }
  expect(new Set(passwords).size).toBe(50);
});
