import type { KeptContent } from '../../../core/model/bench.ts';
import { layersOf } from '../../lib/wire/layers.ts';
import { formsInLayers, formsOf } from '../../lib/wire/word-forms.ts';
import { allCanaryKinds } from './kinds.ts';
import type { CanarySighting } from './matrix.ts';
import type { Canaries } from './scenario.ts';

export interface KeptSearch {
  readonly sightings: readonly CanarySighting[];
  readonly pieces: number;
}

/** Looks through everything a place keeps for all words in all forms. `nameOf` makes of a path what is stable between runs. */
export async function searchKept(
  kept: KeptContent,
  { words, control }: Canaries,
  nameOf: (where: string) => string = (where) => where,
): Promise<KeptSearch> {
  const wanted = [
    { kind: 'control' as const, forms: formsOf(control) },
    ...allCanaryKinds.map((kind) => ({ kind, forms: formsOf(words[kind]) })),
  ];
  const sightings: CanarySighting[] = [];
  const pieces = await kept.visit((where, piece) => {
    const layers = layersOf(piece);
    for (const { kind, forms } of wanted) {
      const found = formsInLayers(layers, forms);
      if (found.length > 0) sightings.push({ kind, where: nameOf(where), forms: found });
    }
  });
  return { sightings, pieces };
}
