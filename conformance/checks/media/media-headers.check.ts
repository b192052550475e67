import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { withHeader } from '../../lib/defect.ts';
import { expectThat } from '../../lib/match.ts';
import { download, downloadTemplate as path, stored } from '../../lib/media.ts';
import { premise } from '../../lib/premise.ts';

// Files of strangers are shut into a sandbox by the browser, and other pages of the messenger may still embed them.
// https://spec.matrix.org/v1.19/client-server-api/#security-considerations-5
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-headers',
    title: 'Dateien werden mit Kopfzeilen ausgeliefert, die ihren Inhalt im Browser einsperren',
    requirements: ['SI-19', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('content-repository'),
  },
  counterexamples: [
    {
      title: 'Die Content-Security-Policy fehlt',
      defect: { when: { path }, alter: withHeader('content-security-policy', undefined) },
      expectFinding: 'no-sandbox',
    },
    {
      title: 'Die Content-Security-Policy sperrt den Inhalt nicht ein',
      defect: { when: { path }, alter: withHeader('content-security-policy', "default-src 'self'") },
      expectFinding: 'no-sandbox',
    },
    {
      title: 'Der Browser darf den Typ raten',
      defect: { when: { path }, alter: withHeader('x-content-type-options', undefined) },
      expectFinding: 'type-guessed',
    },
    {
      title: 'Andere Seiten dürfen die Datei nicht einbetten',
      defect: { when: { path }, alter: withHeader('cross-origin-resource-policy', 'same-origin') },
      expectFinding: 'not-embeddable',
    },
  ],
  async run({ request, user }) {
    const alice = await user('alice');
    const file = { type: 'text/html', bytes: new TextEncoder().encode('<script>1</script>') };
    const answer = premise(await download(request, alice, await stored(request, alice, file)));
    const { headers } = answer;
    const directives = (headers['content-security-policy'] ?? '').split(';').map((part) => part.trim());
    return outcomeOf(
      [
        ...expectThat(answer, directives.includes('sandbox') && directives.includes("default-src 'none'"), {
          code: 'no-sandbox',
          title: 'Der Inhalt einer Datei wird im Browser nicht eingesperrt',
          expected: "Content-Security-Policy mit sandbox und default-src 'none'",
          observed: headers['content-security-policy'] ?? 'keine',
        }),
        ...expectThat(answer, headers['x-content-type-options']?.toLowerCase() === 'nosniff', {
          code: 'type-guessed',
          title: 'Der Browser darf den Typ einer Datei raten',
          expected: 'X-Content-Type-Options nosniff',
          observed: headers['x-content-type-options'] ?? 'keine Angabe',
        }),
        ...expectThat(answer, headers['cross-origin-resource-policy'] === 'cross-origin', {
          code: 'not-embeddable',
          title: 'Der Web-Client darf Dateien nicht einbetten',
          expected: 'Cross-Origin-Resource-Policy cross-origin',
          observed: headers['cross-origin-resource-policy'] ?? 'keine Angabe',
        }),
      ],
      'sandbox, nosniff und cross-origin gesetzt',
    );
  },
});
