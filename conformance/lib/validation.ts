import type { Exercise } from '../../core/model/exercise.ts';
import type { Finding } from '../../core/model/finding.ts';
import { operationAt } from '../../schemas/matrix/operation-at.ts';
import type { Operation } from '../../schemas/matrix/operations.ts';
import type { SpecVersion } from '../../schemas/matrix/spec-version.ts';
import { type Answer, requestLineOf, whereOf } from './answer.ts';
import { type Asked, bodyFindings, type Judged, validationOf } from './answer-findings.ts';
import { browserAccessFindings } from './browser-access.ts';
import { createChosenFields, withoutEvents } from './chosen-fields.ts';
import { contentTypeFindings, noJsonFindings } from './content-type.ts';
import { eventFindings } from './event-findings.ts';
import { stringAt } from './json.ts';
import { createKnownEvents } from './known-events.ts';
import { createTally } from './tally.ts';

/** What the family sees by itself in every answer, whatever the check looks at. */
export interface Ledger {
  /** Answers compared with a schema. */
  readonly validated: number;
  readonly findings: readonly Finding[];
  /** What was seen of each operation. */
  readonly tally: readonly Exercise[];
  note(answer: Answer, asked?: Asked): void;
}

/** `version`: the newest of the specification that the server advertises. */
export function createLedger(version?: SpecVersion): Ledger {
  const findings = new Map<string, Finding>();
  const tally = createTally();
  const chosenFields = createChosenFields();
  const knownEvents = createKnownEvents();
  let validated = 0;
  // Of the interface for clients alone.
  const remembered = (judged: Judged, answer: Answer): readonly Finding[] => {
    const { operation, asked } = judged;
    if (operation?.api !== 'client-server') return [];
    chosenFields.note(operation, answer, asked);
    return knownEvents.note(judged);
  };
  return {
    get validated() {
      return validated;
    },
    get findings() {
      return [...findings.values()];
    },
    get tally() {
      return tally.exercises;
    },
    note: (answer, asked = {}) => {
      const operation = operationAt(answer.method, answer.path);
      const isPartial = operation !== undefined && chosenFields.areChosen(operation, asked);
      const seen = isPartial ? { ...answer, json: withoutEvents(answer.json) } : answer;
      const judged = { answer: seen, asked, operation, version };
      const { isValidated, found } = judgementOf(judged);
      if (isValidated) validated += 1;
      if (operation !== undefined) tally.count(operation, answer, isValidated);
      for (const finding of [...found, ...remembered(judged, answer)]) keep(findings, finding);
    },
  };
}

const longestObservation = 1_000;

/** At one place one finding, with all that was observed there. */
function keep(findings: Map<string, Finding>, finding: Finding): void {
  const key = `${finding.code} ${finding.where}`;
  const known = findings.get(key) ?? finding;
  const isNew = !known.observed.includes(finding.observed) && known.observed.length < longestObservation;
  findings.set(key, isNew ? { ...known, observed: `${known.observed}; ${finding.observed}` } : known);
}

interface Judgement {
  readonly isValidated: boolean;
  readonly found: readonly Finding[];
}

/** By body: what is the very same, as when a recording is replayed again and again, is judged once in the same circumstances. */
const judgements = new WeakMap<object, Map<string, Judgement>>();

function judgementOf(judged: Judged): Judgement {
  const { json, method, path, status, headers } = judged.answer;
  if (typeof json !== 'object' || json === null) return judge(judged);
  const ofBody = judgements.get(json) ?? new Map<string, Judgement>();
  judgements.set(json, ofBody);
  const named = ['content-type', 'access-control-allow-origin'].map((name) => headers[name]);
  const circumstances = [method, path, status, ...named].join(' ');
  const judgement = ofBody.get(circumstances) ?? judge(judged);
  ofBody.set(circumstances, judgement);
  return judgement;
}

function judge(judged: Judged): Judgement {
  const { answer, operation } = judged;
  const validation = validationOf(judged);
  const isValidated = validation.state !== 'noSchema';
  const found = [
    ...bodyFindings(judged, validation),
    ...eventFindings(judged),
    ...(isValidated ? contentTypeFindings(answer) : []),
    ...noJsonFindings(answer),
    ...browserAccessFindings(answer),
    ...serverErrors(answer, operation),
  ];
  return { isValidated, found };
}

/** An error that tells of a server behind this one: nothing broke here. */
const isOfAnother = ({ status, json }: Answer): boolean =>
  (status === 502 || status === 504) && stringAt(json, ['errcode']) !== undefined;

/** Some answers of this kind are documented: a file that is not there yet, another server that is silent. */
function serverErrors(answer: Answer, operation: Operation | undefined): Finding[] {
  if (answer.status < 500 || operation?.statuses.includes(String(answer.status)) || isOfAnother(answer)) return [];
  return [
    {
      code: 'server-error',
      title: 'Der Server meldet einen inneren Fehler',
      expected: 'eine Antwort ohne inneren Fehler',
      observed: `Status ${answer.status}`,
      where: `${whereOf(answer)} → ${answer.status}`,
      request: requestLineOf(answer),
    },
  ];
}
