import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isJsonObject } from '../../schemas/json.ts';
import { createValidator, type Validator } from '../../schemas/validator.ts';

/** Beside the repository, for tests only: the k6-operator's own definition of a TestRun (1.6.0). */
const definition = join(import.meta.dirname, '../../../shared/k6-operator/k6.io_testruns.crd.yaml');
export const hasDefinition = existsSync(definition);

/** Ends the title of a test group that needs the definition, so that a skip names its reason. */
export const definitionReason = hasDefinition ? '' : ` (skipped: no TestRun definition at ${definition})`;

/** What the API server checks of a TestRun, and more: it drops fields it does not know, here they are problems. */
export function testRunValidator(): Validator {
  const crd = parse(readFileSync(definition, 'utf8'));
  const [version] = crd.spec.versions;
  const schema = asJsonSchema(version.schema.openAPIV3Schema);
  if (!isJsonObject(schema)) throw new Error(`no schema in ${definition}`);
  return createValidator(schema);
}

/** Kubernetes writes OpenAPI with keywords of its own. */
function asJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asJsonSchema);
  if (!isJsonObject(node)) return node;
  if (node['x-kubernetes-int-or-string'] === true) return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  const known = Object.entries(node).filter(([key]) => !key.startsWith('x-kubernetes-') && key !== 'format');
  const converted = Object.fromEntries(known.map(([key, value]) => [key, asJsonSchema(value)]));
  const isClosed = node['type'] === 'object' && isJsonObject(node['properties']);
  return isClosed ? { ...converted, additionalProperties: false } : converted;
}
