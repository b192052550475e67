import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Language } from '../core/model/text.ts';
import { numberFormats, stringFormats } from './matrix/formats/formats.ts';
import { once } from './once.ts';
import { problemLines } from './problem-lines.ts';

/** Problems as one-line texts, JSON pointer first; empty when the data is valid. */
export type Validator = (data: unknown) => string[];

// Facts the importer keeps inside schemas; strict mode rejects keywords it has not been told about.
const annotations = ['x-addedInMatrixVersion', 'x-changedInMatrixVersion', 'x-pattern-format'];

// One instance of each kind for all: building its meta-schemas takes longer than most schemas.
const first = createAjv({ allErrors: false });
const all = once(() => createAjv({ allErrors: true }));

/** Beyond that the first problem must do: the validator joins lists of problems by copying, so their cost grows with the square. */
const mostNodes = 10_000;

/** Compiles at once and throws when the schema itself is wrong, so that a broken schema never passes for a finding. `language`: of whoever reads the problems. */
export function createValidator(schema: object, language: Language = 'en'): Validator {
  const isValid = compiled(first, schema);
  const validateAll = once(() => compiled(all(), schema));
  return (data) => {
    if (isValid(data)) return [];
    const validate = isBeyond(data, mostNodes) ? isValid : validateAll();
    validate(data);
    return problemLines(asProblems(validate.errors), schema, language);
  };
}

function compiled(ajv: Ajv2020, schema: object): ValidateFunction {
  if ('$id' in schema && typeof schema.$id === 'string') ajv.removeSchema(schema.$id);
  return ajv.compile<unknown>(schema);
}

function isBeyond(data: unknown, most: number): boolean {
  const queue: unknown[] = [data];
  for (const node of queue) {
    if (queue.length > most) return true;
    if (typeof node !== 'object' || node === null) continue;
    for (const inner of Array.isArray(node) ? node.slice(0, most) : Object.values(node)) queue.push(inner);
  }
  return queue.length > most;
}

function createAjv({ allErrors }: { readonly allErrors: boolean }): Ajv2020 {
  const instance = new Ajv2020({
    strict: true,
    strictTypes: true,
    strictTuples: true,
    // Required keys may be described by the schema that is inherited from (allOf).
    strictRequired: false,
    allErrors,
    verbose: true,
  });
  addFormats.default(instance);
  instance.addVocabulary(annotations);
  for (const [name, validate] of Object.entries(stringFormats)) instance.addFormat(name, { type: 'string', validate });
  for (const [name, validate] of Object.entries(numberFormats)) instance.addFormat(name, { type: 'number', validate });
  return instance;
}

function asProblems(errors: readonly ErrorObject[] | null | undefined): Parameters<typeof problemLines>[0] {
  return (errors ?? []).map(({ instancePath, keyword, params, schema, parentSchema, data }) => ({
    pointer: instancePath,
    keyword,
    params,
    schema,
    parentSchema,
    data,
  }));
}
