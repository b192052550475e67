import type { Outcome } from '../../core/model/outcome.ts';
import { canonicalJson } from '../lib/json.ts';

/** Whether a replay concluded what was concluded live, to the last finding. */
export const isSameOutcome = (live: Outcome, replayed: Outcome): boolean =>
  canonicalJson(live) === canonicalJson(replayed);
