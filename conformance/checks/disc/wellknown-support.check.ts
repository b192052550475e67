import { inconclusive, notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectStatus, expectThat, type Findings, shown } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { isServedByName } from '../../lib/server-name.ts';

const path = '/.well-known/matrix/support';

// Whoever needs help with this server, or found a hole in it, learns whom to ask.
// https://spec.matrix.org/v1.19/client-server-api/#getwell-knownmatrixsupport
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.wellknown-support',
    title: 'Der Server nennt, wer für ihn zuständig ist und wie man diese Stelle erreicht',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('getwell-knownmatrixsupport'),
  },
  counterexamples: [
    {
      title: 'Niemand wird genannt',
      defect: { when: { path }, alter: answering(200, { contacts: [] }) },
      expectFinding: 'nobody-named',
    },
    {
      title: 'Eine Stelle hat weder E-Mail-Adresse noch Matrix-Kennung',
      defect: { when: { path }, alter: setting(['contacts'], [{ role: 'm.role.admin' }]) },
      expectFinding: 'unreachable-contact',
    },
    {
      title: 'Die Hilfeseite ist keine Webadresse',
      defect: { when: { path }, alter: setting(['support_page'], 'siehe Aushang') },
      expectFinding: 'support-page',
    },
  ],
  async run({ request, target }) {
    premise(await request('GET', '/_matrix/client/versions'));
    const answer = await request('GET', path);
    if (answer.status === 404) {
      if (isServedByName(target)) return notApplicable('Der Server nennt keine zuständige Stelle (404).');
      return inconclusive(
        `Das Dokument gehört unter https://${target.serverName}; die Zieldatei nennt diese Adresse nicht.`,
      );
    }
    const contacts = arrayAt(answer.json, ['contacts']);
    return outcomeOf(
      [
        ...expectStatus(answer, 200, { code: 'status', title: 'Das Dokument mit den zuständigen Stellen fehlt' }),
        ...contacts.flatMap((contact) => contactFindings(answer, contact)),
        ...pageFindings(answer, contacts.length),
      ],
      `${contacts.length} Stellen: ${contacts.map((contact) => stringAt(contact, ['role'])).join(', ')}`,
    );
  },
});

function contactFindings(answer: Answer, contact: unknown): Findings {
  const email = stringAt(contact, ['email_address']);
  const userId = stringAt(contact, ['matrix_id']);
  const isReachable = /^[^\s@]+@[^\s@]+$/.test(email ?? '') || /^@[^:]*:.+$/.test(userId ?? '');
  return expectThat(answer, isReachable, {
    code: 'unreachable-contact',
    title: 'Eine genannte Stelle ist nicht zu erreichen',
    expected: 'eine E-Mail-Adresse oder Matrix-Kennung je Stelle',
    observed: shown(contact),
  });
}

function pageFindings(answer: Answer, contacts: number): Findings {
  const page = stringAt(answer.json, ['support_page']);
  return [
    ...expectThat(answer, contacts > 0 || page !== undefined, {
      code: 'nobody-named',
      title: 'Das Dokument nennt weder eine zuständige Stelle noch eine Hilfeseite',
      expected: 'mindestens eine Stelle (contacts) oder eine Hilfeseite (support_page)',
      observed: 'keines von beiden',
    }),
    ...expectThat(answer, page === undefined || (URL.canParse(page) && /^https?:$/.test(new URL(page).protocol)), {
      code: 'support-page',
      title: 'Die genannte Hilfeseite ist keine Webadresse',
      expected: 'eine Adresse, die mit https:// beginnt',
      observed: shown(page),
    }),
  ];
}
