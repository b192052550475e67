import { once } from '../once.ts';
import { createValidator, type Validator } from '../validator.ts';
import { withDefinitions } from './bundle.ts';
import type { Operation } from './operation-table.ts';
import type { Overlay, RuledEvent, RuledExchange } from './overlay.ts';
import { type OverlaySet, readOverlays } from './overlay-reader.ts';
import { brokenRule, isEcho, isGiven } from './overlay-rules.ts';
import { isAfter, type SpecVersion } from './spec-version.ts';

/** What an overlay finds wrong with an answer or an event. */
export interface OverlayProblem {
  /** schema: the thing itself; echo: compared with what was asked; consistency: compared with the rest of the answer. */
  readonly kind: 'schema' | 'echo' | 'consistency';
  readonly clause: string;
  /** German, one line. */
  readonly text: string;
}

/** How overlays name an operation; those of other interfaces than the clients' go by its name, too. Empty for none. */
export const overlayNameOf = (operation: Pick<Operation, 'api' | 'id'> | undefined): string => {
  if (operation === undefined) return '';
  const { api, id } = operation;
  return api === 'client-server' ? id : `${api}/${id}`;
};

const overlays = once(readOverlays);
const chosen = new Map<string, readonly Overlay[]>();
const validators = new WeakMap<object, Validator>();

/** What the text of the specification says against an answer of an operation. `version`: the newest the server advertises. */
export function overlayProblems(
  operation: string,
  status: number,
  exchange: RuledExchange,
  version?: SpecVersion,
): readonly OverlayProblem[] {
  return problemsOf(operationOverlays(operation, status, exchange, version), exchange, exchange.answer);
}

/** Those of an answer in its situation, as far as it is told. */
export function operationOverlays(
  operation: string,
  status: number,
  exchange: Partial<RuledExchange>,
  version?: SpecVersion,
): readonly Overlay[] {
  return inSituation(overlaysOf(operation, status), exchange, version);
}

/** Those of an event in its situation, as far as it is told. */
export function eventOverlays(type: string, exchange: Partial<RuledEvent>, version?: SpecVersion): readonly Overlay[] {
  const entries = remembered(`event ${type}`, ({ events }) => events.filter((entry) => names(entry.events, type)));
  return inSituation(entries, exchange, version);
}

const inSituation = (entries: readonly Overlay[], exchange: object, version: SpecVersion | undefined) =>
  entries.filter(({ added, when }) => !isAfter(added, version) && isGiven(when, exchange));

/** The schemas of all overlays of an answer, whatever the situation. */
export function overlaySchemasOf(operation: string, status: number): readonly object[] {
  return overlaysOf(operation, status).flatMap(({ schema }) => schema ?? []);
}

/** What schemas of overlays refer to. */
export function overlayDefinitions(): ReadonlyMap<string, unknown> {
  return overlays().definitions;
}

function overlaysOf(operation: string, status: number): readonly Overlay[] {
  return remembered(`operation ${operation} ${status}`, ({ operations }) =>
    operations.filter((entry) => {
      return names(entry.operations, operation) && names(entry.statuses, String(status), `${String(status)[0]}XX`);
    }),
  );
}

/** What the text says against an event, whatever answer it was found in. */
export function eventOverlayProblems(
  type: string,
  exchange: RuledEvent,
  version?: SpecVersion,
): readonly OverlayProblem[] {
  return problemsOf(eventOverlays(type, exchange, version), exchange, exchange.event);
}

function remembered(key: string, choose: (set: OverlaySet) => readonly Overlay[]): readonly Overlay[] {
  const known = chosen.get(key);
  if (known !== undefined) return known;
  const entries = choose(overlays());
  chosen.set(key, entries);
  return entries;
}

const names = (entries: readonly string[], ...wanted: readonly string[]): boolean =>
  entries.some((entry) => entry === '*' || wanted.includes(entry));

/** `subject`: what schemas look at. */
function problemsOf(entries: readonly Overlay[], exchange: object, subject: unknown): readonly OverlayProblem[] {
  return entries.flatMap((overlay) => [
    ...schemaProblems(overlay, subject),
    ...overlay.rules.flatMap((rule) => {
      const kind = isEcho(rule) ? 'echo' : 'consistency';
      return brokenRule(rule, exchange).map((text) => ({ kind, clause: overlay.clause, text }) as const);
    }),
  ]);
}

function schemaProblems({ schema, clause }: Overlay, subject: unknown): readonly OverlayProblem[] {
  if (schema === undefined) return [];
  return validatorFor(schema)(subject).map((text) => ({ kind: 'schema', clause, text }) as const);
}

function validatorFor(schema: object): Validator {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validator = createValidator(withDefinitions(schema, overlays().definitions), 'de');
  validators.set(schema, validator);
  return validator;
}
