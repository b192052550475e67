import type { Answer } from './answer.ts';
import { expectEqual, type Findings } from './match.ts';
import { stateTemplate, stateValue } from './room-state.ts';
import { changingState } from './state-defects.ts';

/** What a preset makes of a new room. */
export interface PresetRules {
  readonly join: string;
  readonly history: string;
  readonly guests: string;
}

const rules = [
  { wanted: 'join', type: 'm.room.join_rules', key: 'join_rule', code: 'join-rule', what: 'Beitrittsregel' },
  {
    wanted: 'history',
    type: 'm.room.history_visibility',
    key: 'history_visibility',
    code: 'history',
    what: 'Sichtbarkeit des Verlaufs',
  },
  { wanted: 'guests', type: 'm.room.guest_access', key: 'guest_access', code: 'guests', what: 'Regel für Gäste' },
] as const;

// Without the event guests are kept out, so a server need not send it.
const whenAbsent: Readonly<Record<string, string>> = { 'm.room.guest_access': 'forbidden' };

/** `room`: German, in the genitive. */
export const presetFindings = (state: Answer, preset: PresetRules, room: string): Findings =>
  rules.flatMap(({ wanted, type, key, code, what }) =>
    expectEqual(
      state,
      { wanted: preset[wanted], got: stateValue(state.json, type, [key]) ?? whenAbsent[type] },
      { code, title: `${what} ${room} weicht ab` },
    ),
  );

/** What the checks of all presets must notice. */
export const openHistory = {
  title: 'Der Verlauf ist für alle Welt lesbar',
  defect: {
    when: { path: stateTemplate },
    alter: changingState('m.room.history_visibility', ['history_visibility'], 'world_readable'),
  },
  expectFinding: 'history',
} as const;
