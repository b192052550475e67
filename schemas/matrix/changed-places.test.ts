import { expect, it } from 'vitest';
import { isJsonObject } from '../json.ts';
import { apis } from './api.ts';
import { readDefinitions, readOperationFacts } from './bundle.ts';
import { changedPlaces } from './changed-places.ts';
import { loadOperations } from './operations.ts';
import { addedByChangelog } from './unmarked-versions.ts';

it('explains every place in an answer that a later version changed, and no others', () => {
  const responses = apis.flatMap((api) =>
    readOperationFacts(api).flatMap(({ id, responses }) =>
      Object.entries(responses).map(([status, response]) => [`${api} ${id} ${status}`, response] as const),
    ),
  );
  const marked = [...responses, ...readDefinitions()].flatMap(([place, node]) => changedIn(node, place));
  expect(Object.values(changedPlaces).flat().sort()).toEqual(marked.sort());
});

it('names an unmarked version only where an operation has none', () => {
  const facts = new Map(apis.flatMap((api) => readOperationFacts(api).map((item) => [item.id, item.added])));
  expect(Object.keys(addedByChangelog).filter((id) => !facts.has(id) || facts.get(id) !== undefined)).toEqual([]);
  expect(loadOperations().operations.find(({ id }) => id === 'getMutualRooms')?.added).toBe('1.19');
});

function changedIn(node: unknown, place: string): string[] {
  if (Array.isArray(node)) return node.flatMap((item, index) => changedIn(item, `${place}/${index}`));
  if (!isJsonObject(node)) return [];
  const own = 'x-changedInMatrixVersion' in node ? [place] : [];
  return [...own, ...Object.entries(node).flatMap(([key, inner]) => changedIn(inner, `${place}/${key}`))];
}
