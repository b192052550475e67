import type { Finding } from '../../core/model/finding.ts';
import { eventsIn, type FoundEvent } from '../../schemas/matrix/events-in.ts';
import { validateEvent } from '../../schemas/matrix/operations.ts';
import { eventOverlayProblems } from '../../schemas/matrix/overlays.ts';
import { pathParameters } from '../../schemas/matrix/path-parameters.ts';
import { askerOf, type Judged, violation } from './answer-findings.ts';

const eventViolation = {
  code: 'event-violation',
  title: 'Ein Ereignis in der Antwort entspricht nicht der Spezifikation',
  expected: 'Ereignis nach dem Schema seines Typs',
};

/** What the specification says against the events in an answer, wherever they stand; one finding per type of event. */
export function eventFindings({ answer, asked, operation, version }: Judged): readonly Finding[] {
  if (operation === undefined || answer.status >= 300) return [];
  const parameters = pathParameters(operation.path, answer.path);
  const { userId } = askerOf(asked) ?? {};
  const isContentAlone = operation.id === 'getRoomStateWithKey' && asked.query?.['format'] !== 'event';
  const problems = isContentAlone
    ? contentProblems(answer.json, parameters)
    : eventsIn(answer.json, parameters['roomId']).flatMap(problemsOf);
  const byType = Map.groupBy(problems, ({ type }) => type);
  return [...byType].flatMap(([type, ofType]) => violation(answer, eventViolation, ofType, type));

  function problemsOf({ event, roomId }: FoundEvent): readonly TypedProblem[] {
    const context = { ...(roomId !== undefined && { roomId }), ...(userId !== undefined && { userId }) };
    const type = typeof event['type'] === 'string' ? event['type'] : 'ohne Typ';
    const validation = validateEvent(event, context, version);
    const bySchema = validation.state === 'invalid' ? validation.problems.map((text) => ({ text })) : [];
    return [...bySchema, ...eventOverlayProblems(type, { event, context }, version)].map((problem) => ({
      type,
      ...problem,
    }));
  }

  /** The content of a state event without what surrounds it. */
  function contentProblems(content: unknown, { eventType = '', stateKey = '' }: Names): readonly TypedProblem[] {
    const validation = validateEvent({ ...surroundings, type: eventType, state_key: stateKey, content }, {}, version);
    const problems = validation.state === 'invalid' ? validation.problems : [];
    return problems.filter((text) => text.startsWith('/content')).map((text) => ({ type: eventType, text }));
  }
}

type Names = Readonly<Record<string, string>>;

interface TypedProblem {
  readonly type: string;
  readonly text: string;
  readonly clause?: string;
}

const surroundings = {
  event_id: `$${'A'.repeat(43)}`,
  room_id: '!pruefstand:example.org',
  sender: '@pruefstand:example.org',
  origin_server_ts: 0,
};
