import { PremiseError } from '../lib/premise.ts';

/** The check asked for something that the recording does not have. What was found before counts, the rest stays open. */
export class Divergence extends PremiseError {
  constructor(what: string) {
    super(`Die Aufzeichnung endet hier: ${what}`);
  }
}
