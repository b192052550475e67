import type { Check } from '../../core/model/check.ts';
import type { Alteration } from '../lib/alteration.ts';
import type { AxeReport } from '../lib/axe/axe-report.ts';
import type { AxeRule } from '../lib/axe/rules.ts';
import type { Profile } from '../lib/browser/stage.ts';
import type { StateName } from '../lib/states.ts';

export interface AccessibilityContext {
  /** Resolves when the client shows that state; a picture of it becomes evidence. Ask for one state after the other. */
  state(name: StateName): Promise<ClientState>;
}

/** A view of the client that is open until another state is asked for. */
export interface ClientState {
  readonly name: StateName;
  /** German name, for findings. */
  readonly title: string;
  /** Runs the rules over the whole view; the complete report becomes evidence. */
  axe(rules: readonly AxeRule[]): Promise<AxeReport>;
  /** The language the page says it is in; empty where it says none. */
  language(): Promise<string>;
}

/** What the server delivers wrongly, and to whom: to the person who has not logged in, or to the one who has. */
export interface AccessibilityDefect {
  readonly to: Profile;
  readonly alter: Alteration;
}

export type AccessibilityProbe = Check<AccessibilityContext, AccessibilityDefect>;
