import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { stringAt, valueAt } from './json.ts';
import { expectError, expectThat, type Findings } from './match.ts';
import type { Request } from './transport.ts';

export const fieldTemplate = '/_matrix/client/v3/profile/{userId}/{keyName}';
export const profileTemplate = '/_matrix/client/v3/profile/{userId}';

/** A field of somebody's profile, asked for by `session`. */
export function readField(request: Request, session: Session, userId: string, keyName: string): Promise<Answer> {
  return request('GET', fieldTemplate, { params: { userId, keyName }, session });
}

/** Sets a field of one's own profile. */
export function writeField(request: Request, session: Session, keyName: string, value: unknown): Promise<Answer> {
  const params = { userId: session.userId, keyName };
  return request('PUT', fieldTemplate, { params, session, body: { [keyName]: value } });
}

/** What the whole profile says; undefined where nothing is set. */
export async function currentField(request: Request, session: Session, keyName: string): Promise<unknown> {
  const params = { userId: session.userId };
  return valueAt((await request('GET', profileTemplate, { params, session })).json, [keyName]);
}

/** Runs `use` and then sets the field to what it was: the account may belong to somebody. */
export async function restoringField<T>(
  request: Request,
  session: Session,
  keyName: 'displayname' | 'avatar_url',
  use: () => Promise<T>,
): Promise<T> {
  const before = await currentField(request, session, keyName);
  try {
    return await use();
  } finally {
    await writeField(request, session, keyName, before ?? '');
  }
}

/** There is none, or the server does not say; the specification names no code for it but that of an unknown endpoint is none. */
export const isHidden = ({ status, json }: Answer): boolean =>
  (status === 403 || status === 404) && stringAt(json, ['errcode']) !== 'M_UNRECOGNIZED';

/** Nobody changes what others say about themselves; the specification gives one answer to the attempt. */
export function foreignFindings(answer: Answer, what: string): Findings {
  const { status } = answer;
  const isRefused = status >= 400 && status < 500;
  return [
    ...expectThat(answer, isRefused, {
      code: 'foreign-change',
      title: `Im Profil einer anderen Person lässt sich etwas ändern: ${what}`,
      expected: 'eine Ablehnung',
      observed: `Status ${status}`,
    }),
    ...(isRefused
      ? expectError(
          answer,
          { status: 403, errcode: 'M_FORBIDDEN' },
          { code: 'foreign-refusal', title: `Eine Änderung am Profil anderer wird falsch abgelehnt: ${what}` },
        )
      : []),
  ];
}
