import type { Finding } from '../../../core/model/finding.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import type { Alteration } from '../../lib/defect.ts';
import { withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { megolm, readState, replacingState, stateTemplate, stateValue } from '../../lib/room-state.ts';

const presets = [
  { preset: 'private_chat', what: 'privaten Raum' },
  { preset: 'trusted_private_chat', what: 'vertrauten Raum' },
  { preset: 'public_chat', what: 'öffentlichen Raum' },
] as const;

// Whoever creates a room without asking for encryption gets an encrypted one, whatever the preset.
// https://spec.matrix.org/v1.19/client-server-api/#mroomencryption
export const check = conformanceCheck({
  meta: {
    id: 'conformance.create.create-forced-e2ee',
    title: 'Auch ohne Zutun des Clients ist jeder neue Raum Ende-zu-Ende verschlüsselt',
    requirements: ['VE-01'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('mroomencryption'),
  },
  counterexamples: [
    {
      title: 'Der Server verschlüsselt nicht von sich aus',
      defect: { when: { path: stateTemplate }, alter: altering(() => []) },
      expectFinding: 'not-encrypted-private-chat',
    },
    {
      title: 'Nur öffentliche Räume bleiben unverschlüsselt',
      defect: {
        when: { path: stateTemplate },
        alter: (answer, seen) => (seen.earlier.length === 2 ? altering(() => [])(answer, seen) : answer),
      },
      expectFinding: 'not-encrypted-public-chat',
    },
    {
      title: 'Der Server setzt ein unbekanntes Verfahren',
      defect: {
        when: { path: stateTemplate },
        alter: altering((event) => [withValueAt(event, ['content', 'algorithm'], 'org.example.none')]),
      },
      expectFinding: 'not-encrypted-private-chat',
    },
  ],
  async run({ request, user, room }) {
    const alice = await user('alice');
    const findings: Finding[] = [];
    for (const { preset, what } of presets) {
      const state = await readState(request, alice, await room(alice, { preset }));
      const got = stateValue(state.json, 'm.room.encryption', ['algorithm']);
      const code = `not-encrypted-${preset.replaceAll('_', '-')}`;
      findings.push(
        ...expectEqual(
          state,
          { wanted: megolm, got },
          { code, title: `Einen neuen ${what} verschlüsselt der Server nicht` },
        ),
      );
    }
    return outcomeOf(findings, `Alle Vorlagen (${presets.map(({ preset }) => preset).join(', ')}): ${megolm}`);
  },
});

function altering(replace: (event: unknown) => readonly unknown[]): Alteration {
  return (answer) => ({ ...answer, json: replacingState(answer.json, 'm.room.encryption', replace) });
}
