import type { Alteration } from '../lib/alteration.ts';

/** An attack that begins in the middle of a flow: before it the flow shows that the same steps work honestly. */
export interface SwitchedAttack {
  readonly alteration: Alteration;
  start(): void;
  stop(): void;
}

export function createSwitchedAttack(attack: Alteration): SwitchedAttack {
  let isOn = false;
  return {
    alteration: (seen) => (isOn ? attack(seen) : seen.answer),
    start: () => {
      isOn = true;
    },
    stop: () => {
      isOn = false;
    },
  };
}
