import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredEvidence } from '../core/model/evidence.ts';
import { type Sequence, sequenceMediaType } from '../core/model/sequence.ts';
import { parsedJson } from '../core/parsed-json.ts';
import { createValidator } from '../schemas/validator.ts';
import { sha256 } from './journal/digest.ts';
import type { RunFolder } from './journal/run-folder.ts';

const text = { type: 'string' };

const problemsOf = createValidator({
  type: 'object',
  additionalProperties: false,
  required: ['participants', 'steps', 'unshown'],
  properties: {
    participants: { type: 'array', minItems: 1, items: text },
    steps: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['from', 'to', 'text', 'count'],
        properties: { from: text, to: text, text, count: { type: 'integer', minimum: 1 } },
      },
    },
    unshown: { type: 'integer', minimum: 0 },
  },
});

/** The last sequence among a check's evidence; what was altered since, or is none, is not drawn. */
export function readSequence({ root }: RunFolder, evidence: readonly StoredEvidence[]): Sequence | undefined {
  const stored = evidence.findLast(({ mediaType }) => mediaType === sequenceMediaType);
  if (stored === undefined || !existsSync(join(root, stored.file))) return undefined;
  const content = readFileSync(join(root, stored.file), 'utf8');
  const value = parsedJson(content);
  const isSound = sha256(content) === stored.sha256 && problemsOf(value).length === 0;
  return isSound ? (value as Sequence) : undefined;
}
