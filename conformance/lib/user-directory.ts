import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt, stringAt } from './json.ts';
import type { Request } from './transport.ts';

export const directoryPath = '/_matrix/client/v3/user_directory/search';

export function searchUsers(request: Request, session: Session, term: string, limit = 10): Promise<Answer> {
  return request('POST', directoryPath, { session, body: { search_term: term, limit } });
}

export const foundUsers = ({ json }: Answer): readonly (string | undefined)[] =>
  arrayAt(json, ['results']).map((result) => stringAt(result, ['user_id']));
