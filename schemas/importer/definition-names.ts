import type { Place } from './source.ts';

export const eventFolder = 'event-schemas/schema';

export interface DefinitionNames {
  nameOf(place: Place): string;
}

/** Names for shared schemas, made from file and fragment; two places never share one. */
export function createDefinitionNames(): DefinitionNames {
  const placeByName = new Map<string, string>();
  return {
    nameOf: (place) => {
      const name = buildName(place);
      const key = `${place.file}#${place.pointer}`;
      const known = placeByName.get(name) ?? key;
      if (known !== key) throw new Error(`two places are named ${name}: ${known} and ${key}`);
      placeByName.set(name, key);
      return name;
    },
  };
}

function buildName({ file, pointer }: Place): string {
  const path = file
    .replace(`${eventFolder}/`, 'event/')
    .replace(/^api\//, '')
    .replace(/\.yaml$/, '');
  const container = /^\/(components\/schemas|components|definitions)\//;
  const fragment = pointer === '' ? '' : `/${pointer.replace(container, '/').slice(1)}`;
  return `${path}${fragment}`
    .split('/')
    .filter((step) => step !== 'definitions')
    .join('.');
}
