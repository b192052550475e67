import { errorFrom, type Reply } from './contract.ts';

/** Calls a method of something that stays in the page. */
export type RemoteCall = (handle: number, method: string, values: readonly unknown[]) => Promise<Reply>;

export type RemoteMethod = (...values: readonly unknown[]) => Promise<unknown>;

export type RemoteObject = Readonly<Record<string, RemoteMethod>>;

/** What a reply brings: its value, or something whose methods are called in the page. */
export function broughtBy(reply: Reply, call: RemoteCall): unknown {
  const { result } = reply;
  if (result.kind === 'failure') throw errorFrom(result.failure);
  if (result.kind === 'value') return result.value;
  const { id, methods } = result;
  return Object.fromEntries(methods.map((method) => [method, methodOf(id, method, call)]));
}

const methodOf =
  (handle: number, method: string, call: RemoteCall): RemoteMethod =>
  (...values) => {
    const answer = call(handle, method, values).then((reply) => broughtBy(reply, call));
    // Methods that return nothing are not waited for, and what fails there shows in what follows.
    answer.catch(() => {});
    return answer;
  };
