import { isJsonObject, type JsonObject } from '../json.ts';

/** A pattern of keys shows their sigil at most and lets all other keys pass; the format beside it binds every key. */
export function bindKeyFormat(schema: JsonObject): { readonly schema: JsonObject; readonly change?: string } {
  const { patternProperties, properties, propertyNames } = schema;
  if (!isJsonObject(patternProperties)) return { schema };
  const values = Object.values(patternProperties);
  const formats = new Set(values.map((value) => (isJsonObject(value) ? value['x-pattern-format'] : undefined)));
  const [format] = formats;
  if (typeof format !== 'string') return { schema };
  if (formats.size > 1 || properties !== undefined || propertyNames !== undefined) {
    throw new Error(`keys of format ${format} beside others: teach bind-key-format.ts this case`);
  }
  return {
    schema: { ...schema, propertyNames: { type: 'string', format } },
    change: `every key is of format ${format}`,
  };
}
