import type { SinkRequest } from '../../core/model/surroundings.ts';
import { arrayAt, stringAt } from '../lib/json.ts';
import { type Peer, transactionPath } from './peer.ts';

/** Contents of the short-lived news of a kind that the homeserver sent, in the order they came, as often as they did. */
export const receivedEdus = ({ server }: Peer, kind: string): readonly unknown[] =>
  server.received.flatMap((request) => edusIn(request, kind));

/** The content of the first one that fits; undefined when none came in time. */
export async function waitForEdu(
  { server }: Peer,
  kind: string,
  fits: (content: unknown) => boolean,
  deadlineMs?: number,
): Promise<unknown> {
  const request = await server.waitFor((one) => edusIn(one, kind).some(fits), deadlineMs);
  return request && edusIn(request, kind).find(fits);
}

function edusIn({ path, json }: SinkRequest, kind: string): readonly unknown[] {
  if (!transactionPath.test(path)) return [];
  return arrayAt(json, ['edus']).flatMap((edu) =>
    stringAt(edu, ['edu_type']) === kind ? [(edu as { readonly content?: unknown }).content] : [],
  );
}
