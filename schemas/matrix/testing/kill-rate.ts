// How many altered examples of the specification its schemas notice alone, and together with its text.
// `node schemas/matrix/testing/kill-rate.ts` prints the rates.
import { fileURLToPath } from 'node:url';
import { eventExamples, responseExamples } from '../../importer/testing/spec-examples.ts';
import { isJsonObject } from '../../json.ts';
import { eventsIn } from '../events-in.ts';
import { loadOperations, type Operation, type Validation, validateEvent, validateResponse } from '../operations.ts';
import { eventOverlayProblems, overlayProblems } from '../overlays.ts';
import { type MutationKind, mutantsOf, mutationKinds } from './mutants.ts';

export interface KillRate {
  readonly kind: MutationKind;
  readonly mutants: number;
  readonly bySchema: number;
  /** By schema, overlay, or the schema of an event within. */
  readonly byAll: number;
}

type Judge = (document: unknown) => readonly string[];

interface Subject {
  readonly document: unknown;
  readonly bySchema: Judge;
  readonly byText: Judge;
}

/** Examples of successful answers. */
export function responseKillRates(): readonly KillRate[] {
  const operations = new Map(loadOperations().operations.map((operation) => [operation.id, operation]));
  const subjects = responseExamples('client-server')
    .filter(({ status }) => status === 200)
    .flatMap(({ operationId, status, body }) => {
      const operation = operations.get(operationId);
      return operation === undefined ? [] : [responseSubject(operation, status, body)];
    });
  return mutationKinds.map((kind) => rateOf(kind, subjects));
}

/** Examples of events. */
export function eventKillRates(): readonly KillRate[] {
  const subjects = eventExamples().map(({ event }) => eventSubject(event));
  return mutationKinds.map((kind) => rateOf(kind, subjects));
}

function responseSubject(operation: Operation, status: number, document: unknown): Subject {
  return {
    document,
    bySchema: (answer) => linesOf(validateResponse(operation, status, answer)),
    byText: (answer) => [
      ...overlayProblems(operation.id, status, { answer }).map(({ text }) => text),
      ...eventsIn(answer).flatMap(({ event, roomId }) => textProblems(event, roomId)),
    ],
  };
}

const eventSubject = (document: unknown): Subject => ({
  document,
  bySchema: (event) => linesOf(validateEvent(event)),
  byText: overlayLines,
});

const linesOf = (validation: Validation): readonly string[] =>
  validation.state === 'invalid' ? validation.problems : [];

function textProblems(event: unknown, roomId: string | undefined): readonly string[] {
  return [...linesOf(validateEvent(event, roomId === undefined ? {} : { roomId })), ...overlayLines(event)];
}

function overlayLines(event: unknown): readonly string[] {
  const type = isJsonObject(event) && typeof event['type'] === 'string' ? event['type'] : '';
  return eventOverlayProblems(type, { event, context: {} }).map(({ text }) => text);
}

function rateOf(kind: MutationKind, subjects: readonly Subject[]): KillRate {
  const judged = subjects.flatMap(({ document, bySchema, byText }) => {
    const isNewBySchema = noticesMore(bySchema, document);
    const isNewByText = noticesMore(byText, document);
    return mutantsOf(document)
      .filter((mutant) => mutant.kind === kind)
      .map(({ document: altered }) => {
        const isBySchema = isNewBySchema(altered);
        return { isBySchema, isByAll: isBySchema || isNewByText(altered) };
      });
  });
  return {
    kind,
    mutants: judged.length,
    bySchema: judged.filter(({ isBySchema }) => isBySchema).length,
    byAll: judged.filter(({ isByAll }) => isByAll).length,
  };
}

/** An example that contradicts the text itself proves nothing until an alteration brings a new line. */
function noticesMore(judge: Judge, document: unknown): (altered: unknown) => boolean {
  const before = new Set(judge(document));
  return (altered) => judge(altered).some((line) => !before.has(line));
}

function table(title: string, rates: readonly KillRate[]): string {
  const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(0).padStart(3)} % (${part}/${of})`;
  const lines = rates.map(({ kind, mutants, bySchema, byAll }) => {
    return `  ${kind.padEnd(12)} ${percent(bySchema, mutants).padEnd(20)} ${percent(byAll, mutants)}`;
  });
  return [`${title}: schema alone, with text`, ...lines, ''].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(table('Successful answers', responseKillRates()));
  process.stdout.write(table('Events', eventKillRates()));
}
