import type { Finding } from '../../core/model/finding.ts';
import { eventsIn, type FoundEvent } from '../../schemas/matrix/events-in.ts';
import { apiAt } from '../../schemas/matrix/operation-at.ts';
import { validateEvent } from '../../schemas/matrix/operations.ts';
import { eventOverlayProblems } from '../../schemas/matrix/overlays.ts';
import { pathParameters } from '../../schemas/matrix/path-parameters.ts';
import type { SpecVersion } from '../../schemas/matrix/spec-version.ts';
import { askerOf, type Judged, violation } from './answer-findings.ts';
import { contentProblems, pduProblems, type TypedProblem } from './content-problems.ts';

const eventViolation = {
  code: 'event-violation',
  title: 'Ein Ereignis in der Antwort entspricht nicht der Spezifikation',
  expected: 'Ereignis nach dem Schema seines Typs',
};

/** What the specification says against the events in an answer, wherever they stand; one finding per type of event. */
export function eventFindings(judged: Judged): readonly Finding[] {
  const { answer } = judged;
  if (answer.status >= 300 || !answer.path.startsWith('/_matrix/')) return [];
  const byType = Map.groupBy(eventProblems(judged), ({ type }) => type);
  return [...byType].flatMap(([type, ofType]) => violation(answer, eventViolation, ofType, type));
}

function eventProblems({ answer, asked, operation, version }: Judged): readonly TypedProblem[] {
  if (apiAt(answer.path) === 'server-server')
    return eventsIn(answer.json).flatMap(({ event }) => pduProblems(event, version));
  const { roomId, eventType = '', stateKey = '' } = operation ? pathParameters(operation.path, answer.path) : {};
  if (operation?.id === 'getRoomStateWithKey' && asked.query?.['format'] !== 'event')
    return contentProblems({ type: eventType, state_key: stateKey, content: answer.json }, version);
  const { userId } = askerOf(asked) ?? {};
  return eventsIn(answer.json, roomId).flatMap((found) => problemsOf(found, userId, version));
}

function problemsOf(
  { event, roomId }: FoundEvent,
  userId: string | undefined,
  version: SpecVersion | undefined,
): readonly TypedProblem[] {
  const context = { ...(roomId !== undefined && { roomId }), ...(userId !== undefined && { userId }) };
  const type = typeof event['type'] === 'string' ? event['type'] : 'ohne Typ';
  const validation = validateEvent(event, context, version);
  const bySchema = validation.state === 'invalid' ? validation.problems.map((text) => ({ text })) : [];
  return [...bySchema, ...eventOverlayProblems(type, { event, context }, version)].map((problem) => ({
    type,
    ...problem,
  }));
}
