import type { SecretSource } from '../../schemas/suite/secret-source.ts';

export interface SecretAnswer {
  readonly kind: 'password' | 'accessToken';
  readonly secret: SecretSource;
}

/** What `token:…`, `env:NAME` and `file:path` mean. */
export function secretFrom(answer: string): SecretAnswer {
  if (!answer.startsWith('token:')) return { kind: 'password', secret: sourceFrom(answer) };
  return { kind: 'accessToken', secret: sourceFrom(answer.slice('token:'.length)) };
}

function sourceFrom(answer: string): SecretSource {
  if (answer.startsWith('env:')) return { env: answer.slice('env:'.length) };
  if (answer.startsWith('file:')) return { file: answer.slice('file:'.length) };
  return answer;
}
