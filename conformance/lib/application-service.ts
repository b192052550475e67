import type { ApplicationService, SinkFilter, SinkRequest } from '../../core/model/surroundings.ts';
import type { Answer } from './answer.ts';
import { arrayAt, stringAt, withoutValueAt } from './json.ts';
import { premiseString } from './premise.ts';
import { registerPath } from './registration.ts';
import type { Tools } from './tools.ts';
import type { Request } from './transport.ts';

/** The application service speaks for itself. */
export const sessionOf = ({ token }: ApplicationService) => ({ accessToken: token });

/** Registers as the application service does; the answer is for the check to judge. */
export function registerAsService(request: Request, service: ApplicationService, username: string): Promise<Answer> {
  const body = { type: 'm.login.application_service', username, inhibit_login: true };
  return request('POST', registerPath, { session: sessionOf(service), body });
}

/** A new account of the application service. Resolves with its id. */
export async function serviceUser({ request, random, surroundings }: Tools): Promise<string> {
  const service = surroundings().applicationService;
  const username = `${service.prefix}${random.word(10)}`;
  return premiseString(await registerAsService(request, service, username), ['user_id']);
}

const transactions = '/_matrix/app/v1/transactions/';

/** What the homeserver tells the application service, by kind. */
export const toldIn = ({ method, path, json }: SinkRequest, kind: 'events' | 'ephemeral'): readonly unknown[] =>
  method === 'PUT' && path.startsWith(transactions) ? arrayAt(json, [kind]) : [];

/** The same events whenever they are sent: their age is counted anew each time. */
export const lastingEventsIn = (asked: SinkRequest): readonly unknown[] =>
  toldIn(asked, 'events').map((event) => withoutValueAt(withoutValueAt(event, ['unsigned', 'age']), ['age']));

export const tellsOf =
  (eventId: string | undefined): SinkFilter =>
  (asked) =>
    toldIn(asked, 'events').some((event) => stringAt(event, ['event_id']) === eventId);
