import type { Watch } from '../../lib/wire/wire-log.ts';
import type { CanarySighting } from './matrix.ts';

interface Watched {
  readonly kind: CanarySighting['kind'];
  readonly watch: Watch;
}

/** Where a watched word went over the wire, as findings name it. */
export const sightingsIn = ({ kind, watch }: Watched): readonly CanarySighting[] =>
  watch.sightings.map(({ device, direction, operation, forms }) => ({
    kind,
    where: `${operation}, ${direction === 'request' ? 'Anfrage' : 'Antwort'} (${device})`,
    forms,
  }));
