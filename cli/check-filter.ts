import { UsageError } from '../core/model/usage-error.ts';

/** Accepts ids that are named or begin with a named part; undefined when nothing is named. */
export function checkFilter(list: string | boolean | undefined): ((checkId: string) => boolean) | undefined {
  if (typeof list !== 'string') return undefined;
  const names = list.split(',').map((name) => name.trim());
  if (names.includes('')) {
    throw new UsageError({
      en: '--check has an empty name; give ids such as conformance.sync',
      de: '--check enthält einen leeren Namen; anzugeben sind Kennungen wie conformance.sync',
    });
  }
  return (checkId) => names.some((name) => checkId === name || checkId.startsWith(`${name}.`));
}
