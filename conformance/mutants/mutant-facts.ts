import { parsedJson } from '../../core/parsed-json.ts';
import { isJsonObject, type JsonObject } from '../../schemas/json.ts';
import { valueAtPointer } from '../../schemas/json-pointer.ts';
import { apiAt, operationAt } from '../../schemas/matrix/operation-at.ts';
import { eventOverlays, operationOverlays, overlayDefinitions, overlayNameOf } from '../../schemas/matrix/overlays.ts';
import type { SpecVersion } from '../../schemas/matrix/spec-version.ts';
import { standardErrorSchema } from '../../schemas/matrix/standard-error.ts';
import { schemasOf } from '../../schemas/matrix/validate.ts';
import { oncePer } from '../../schemas/once.ts';
import { filterChoosesFields } from '../lib/chosen-fields.ts';
import type { RecordedAnswer, Recording } from '../replay/recording.ts';
import { isAboutIdentifiers, type MutantFacts } from './exclusions.ts';
import { kindOfIdentifier } from './identifiers.ts';
import { nodesOf } from './json-nodes.ts';
import type { Change, Edit, Mutant } from './mutant.ts';
import { type SchemaFacts, type SchemaSource, schemaFactsAt } from './schema-facts.ts';

/** Tells of each mutant what rules decide by. */
export function mutantFactsIn(recordings: readonly Recording[]): (mutant: Mutant) => MutantFacts {
  const byCheck = new Map(recordings.map((recording) => [recording.check, readRecording(recording)]));
  return ({ check, exchange, place, change }) => {
    const answer = byCheck.get(check)?.answers[exchange];
    const [edit] = 'edits' in change ? change.edits : [];
    const key = edit?.at.at(-1);
    const names = isAboutIdentifiers(place) && 'edits' in change ? change.edits : [];
    const identifiers = names.flatMap((one) => identifierAt(one, answer?.json));
    return {
      place,
      key: typeof key === 'string' ? key : undefined,
      schema: edit && answer && factsAt(answer, edit, byCheck.get(check)?.version),
      entries: isEdited(change) ? entriesOf(change.edits, answer?.json) : 'none',
      isPartial: filterChoosesFields(answer === undefined ? '' : filterOf(answer.recorded)),
      isNamedBefore: identifiers.some((one) => byCheck.get(check)?.isNamedBefore(one, exchange)),
    };
  };
}

const filterOf = ({ request }: RecordedAnswer): string => new URL(request.url).searchParams.get('filter') ?? '';

const isEdited = (change: Change): change is Extract<Change, { edits: readonly Edit[] }> => 'edits' in change;

/** What kind of entries a list has that is altered as a whole. */
function entriesOf([edit]: readonly Edit[], json: unknown): MutantFacts['entries'] {
  const list = edit?.at.reduce<unknown>(stepInto, json);
  if (!Array.isArray(list)) return 'none';
  return list.some((entry) => typeof entry === 'object' && entry !== null) ? 'objects' : 'values';
}

interface ReadAnswer {
  readonly recorded: RecordedAnswer;
  readonly json: unknown;
}

interface ReadRecording {
  /** Newest version of the specification that the target advertises. */
  readonly version: SpecVersion | undefined;
  readonly answers: readonly ReadAnswer[];
  isNamedBefore(identifier: string, exchange: number): boolean;
}

function readRecording({ exchanges, logins, leases, places }: Recording): ReadRecording {
  const decoder = new TextDecoder();
  const texts = exchanges.map(({ given }) => decoder.decode(given.bytes));
  const asked = exchanges.map(({ key }) => key);
  const known = JSON.stringify([logins, leases]);
  return {
    version: places[0]?.target.specVersion,
    answers: exchanges.map(({ given }, index) => ({ recorded: given, json: parsedJson(texts[index] ?? '') })),
    isNamedBefore: (identifier, exchange) =>
      known.includes(identifier) ||
      texts.slice(0, exchange).some((text) => text.includes(identifier)) ||
      asked
        .slice(0, exchange + 1)
        .some((key) => key.includes(identifier) || key.includes(encodeURIComponent(identifier))),
  };
}

/** What the edit takes away: a value, or a key that is renamed; of a whole answer everything it names. */
function identifierAt(edit: Edit, json: unknown): readonly string[] {
  if (edit.at.length === 0) return namesIn(json);
  const value = 'renamedTo' in edit ? edit.at.at(-1) : edit.at.reduce<unknown>(stepInto, json);
  return kindOfIdentifier(value) === undefined ? [] : [String(value)];
}

/** All texts of an answer; the empty one, which everybody knows, where it holds none. */
function namesIn(json: unknown): readonly string[] {
  const texts = [...nodesOf(json)].flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  return texts.length === 0 ? [''] : texts;
}

const stepInto = (value: unknown, step: string | number): unknown =>
  (value as Readonly<Record<string | number, unknown>> | undefined)?.[step];

function factsAt({ recorded, json }: ReadAnswer, { at }: Edit, version: SpecVersion | undefined): SchemaFacts {
  const api = apiAt(new URL(recorded.request.url).pathname);
  return schemaFactsAt({ ...schemaSource(version, api), roots: rootsFor(recorded, json, version) }, json, at);
}

/** The schema of the answer, and what the text of the specification says beyond it in this situation. */
function rootsFor(
  { request, status }: RecordedAnswer,
  answer: unknown,
  version: SpecVersion | undefined,
): readonly unknown[] {
  const path = new URL(request.url).pathname;
  const operation = operationAt(request.method, path);
  const documented = operation && schemasOf(version).schemaOfResponse(operation, status);
  const isError = status >= 400 && path.startsWith('/_matrix/');
  const bySchema = documented === undefined && isError ? standardErrorSchema : documented;
  if (bySchema === undefined) return [];
  const byText = operationOverlays(overlayNameOf(operation), status, { answer }, version);
  return [bySchema, ...byText.map(({ schema }) => schema)];
}

const schemaSource = (version: SpecVersion | undefined, api: Api): Omit<SchemaSource, 'roots'> =>
  ({ 'client-server': sourceForClients, 'server-server': sourceForServers })[api](version);

const sourceForClients = oncePer((version: SpecVersion | undefined): Omit<SchemaSource, 'roots'> => {
  const { definitions, schemaOfEvent } = schemasOf(version);
  const root = { $defs: Object.fromEntries([...definitions, ...overlayDefinitions()]) };
  return {
    definition: (reference) => valueAtPointer(root, reference.replace(/^#/, '')),
    forValue: (value) => {
      if (!isEvent(value)) return [];
      const byText = eventOverlays(value.type, { event: value }, version);
      return [schemaOfEvent(value), ...byText.map(({ schema }) => schema)];
    },
  };
});

/** Events for other homeservers have a form of their own, and the schemas of their answers describe it but for the content. */
const sourceForServers = oncePer((version: SpecVersion | undefined): Omit<SchemaSource, 'roots'> => {
  const { schemaOfEvent } = schemasOf(version);
  return {
    ...sourceForClients(version),
    forValue: (value) => (isEvent(value) ? [schemaOfEvent({ ...value, auth_events: [], prev_events: [] })] : []),
  };
});

type Api = ReturnType<typeof apiAt>;

type Event = JsonObject & { readonly type: string; readonly content: JsonObject };

/** An event shows its type. */
const isEvent = (value: unknown): value is Event =>
  isJsonObject(value) && typeof value['type'] === 'string' && isJsonObject(value['content']);
