import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Sequence, sequenceMediaType } from '../core/model/sequence.ts';
import { storeEvidence } from './journal/evidence-store.ts';
import { createRunFolder } from './journal/run-folder.ts';
import { readSequence } from './sequences.ts';
import { createTemporaryFolder } from './testing/folders.ts';

const told = (text: string): Sequence => ({
  participants: ['alice', 'Homeserver'],
  steps: [{ from: 'alice', to: 'Homeserver', text, count: 1 }],
  unshown: 0,
});

it('reads the last sequence among the evidence', () => {
  using temporary = createTemporaryFolder();
  const folder = createRunFolder(join(temporary.path, 'run'));
  const keep = (mediaType: string, content: unknown) =>
    storeEvidence(folder.evidence, { name: 'Ablauf', mediaType, content: JSON.stringify(content) });
  const evidence = [
    keep(sequenceMediaType, told('erst')),
    keep(sequenceMediaType, told('dann')),
    keep('application/json', told('keiner')),
  ];
  expect(readSequence(folder, evidence)).toEqual(told('dann'));
});

it.each([
  ['no JSON', 'Ablauf'],
  ['something else', '{"steps":[]}'],
  ['a step without an end', '{"participants":["a"],"steps":[{"from":"a","text":"x","count":1}],"unshown":0}'],
])('draws nothing from %s', (_what, content) => {
  using temporary = createTemporaryFolder();
  const folder = createRunFolder(join(temporary.path, 'run'));
  const evidence = [storeEvidence(folder.evidence, { name: 'Ablauf', mediaType: sequenceMediaType, content })];
  expect(readSequence(folder, evidence)).toBeUndefined();
});

it('draws nothing that was altered since', () => {
  using temporary = createTemporaryFolder();
  const folder = createRunFolder(join(temporary.path, 'run'));
  const content = JSON.stringify(told('echt'));
  const stored = storeEvidence(folder.evidence, { name: 'Ablauf', mediaType: sequenceMediaType, content });
  writeFileSync(join(folder.root, stored.file), JSON.stringify(told('gefälscht')));
  expect(readSequence(folder, [stored])).toBeUndefined();
});
