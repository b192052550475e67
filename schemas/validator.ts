import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Language } from '../core/model/text.ts';
import { numberFormats, stringFormats } from './matrix/formats/formats.ts';
import { problemLines } from './problem-lines.ts';

/** Problems as one-line texts, JSON pointer first; empty when the data is valid. */
export type Validator = (data: unknown) => string[];

// Facts the importer keeps inside schemas; strict mode rejects keywords it has not been told about.
const annotations = ['x-addedInMatrixVersion', 'x-changedInMatrixVersion', 'x-pattern-format'];

// One instance for all: building its meta-schemas takes longer than most schemas.
const ajv = createAjv();

/** Compiles at once and throws when the schema itself is wrong, so that a broken schema never passes for a finding. `language`: of whoever reads the problems. */
export function createValidator(schema: object, language: Language = 'en'): Validator {
  if ('$id' in schema && typeof schema.$id === 'string') ajv.removeSchema(schema.$id);
  const validate = ajv.compile<unknown>(schema);
  return (data) => (validate(data) ? [] : problemLines(asProblems(validate.errors), schema, language));
}

function createAjv(): Ajv2020 {
  const instance = new Ajv2020({
    strict: true,
    strictTypes: true,
    strictTuples: true,
    // Required keys may be described by the schema that is inherited from (allOf).
    strictRequired: false,
    allErrors: true,
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
