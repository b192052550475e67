import type { Finding } from '../../core/model/finding.ts';
import { type Answer, findingAt } from './answer.ts';

/** Addresses a browser goes to by itself, where no client reads the answer: single sign-on, pages for proofs, mailed links. */
const openedByPeople = /\/login\/(sso|cas)\/redirect(\/|$)|\/auth\/[^/]+\/fallback\/web$|\/submit_token$/;

/** Clients in a browser get nothing of an answer without this header: https://spec.matrix.org/v1.19/client-server-api/#web-browser-clients */
export function browserAccessFindings(answer: Answer): readonly Finding[] {
  const origin = answer.headers['access-control-allow-origin'];
  if (openedByPeople.test(answer.path)) return [];
  if (!/^\/_matrix\/(client|media)\//.test(answer.path) || origin !== undefined) return [];
  return [
    findingAt(answer, {
      code: 'closed-to-browsers',
      title: 'Clients im Browser dürfen die Antwort nicht lesen',
      expected:
        'Access-Control-Allow-Origin in jeder Antwort, siehe https://spec.matrix.org/v1.19/client-server-api/#web-browser-clients',
      observed: 'kein solcher Kopf',
    }),
  ];
}
