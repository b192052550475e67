export type KeywordKind =
  | 'kept'
  | 'names'
  | 'versions'
  | 'reference'
  | 'schema'
  | 'schemaList'
  | 'schemaMap'
  | 'dropped';

const keywordsByKind: Readonly<Record<KeywordKind, readonly string[]>> = {
  kept: [
    ...['type', 'enum', 'format', 'pattern', 'deprecated', 'x-addedInMatrixVersion', 'x-pattern-format'],
    ...['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'minProperties', 'maxProperties'],
  ],
  names: ['required'],
  versions: ['x-changedInMatrixVersion'],
  reference: ['$ref'],
  schema: ['items', 'additionalProperties', 'propertyNames'],
  schemaList: ['allOf', 'anyOf', 'oneOf'],
  schemaMap: ['properties', 'patternProperties'],
  // Sentences, examples, order of display; components are reached through references.
  dropped: ['title', 'description', 'example', 'examples', 'default', '$schema', 'x-weight', 'components'],
};

const kindByKeyword = new Map(
  (Object.keys(keywordsByKind) as KeywordKind[]).flatMap((kind) =>
    keywordsByKind[kind].map((keyword) => [keyword, kind] as const),
  ),
);

/** Undefined for a keyword nobody has decided about: the import must stop then, or a constraint would be lost. */
export function kindOfKeyword(keyword: string): KeywordKind | undefined {
  return kindByKeyword.get(keyword);
}
