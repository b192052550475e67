import { RigError } from '../../../../core/model/rig-error.ts';
import { failureFrom, type InPage, type Reply } from '../contract.ts';

export interface Handles {
  readonly call: InPage['call'];
  /** Replies with what the work gives; if that has methods it stays here. */
  keep(work: () => unknown): Promise<Reply>;
}

type Method = (...values: readonly unknown[]) => unknown;

/** Things with methods cannot leave the page: they stay here, and the bench calls them by number and name. */
export function createHandles(allWarnings: () => readonly string[]): Handles {
  const kept: Record<string, Method>[] = [];
  let told = 0;
  const newWarnings = () => {
    const all = allWarnings();
    const fresh = all.slice(told);
    told = all.length;
    return fresh;
  };
  const resultFrom = (value: unknown): Reply['result'] => {
    const methods = methodsOf(value);
    const names = Object.keys(methods);
    return names.length === 0
      ? { kind: 'value', value }
      : { kind: 'handle', id: kept.push(methods) - 1, methods: names };
  };
  const keep: Handles['keep'] = async (work) => {
    try {
      const result = resultFrom(await work());
      return { result, warnings: newWarnings() };
    } catch (thrown) {
      return { result: { kind: 'failure', failure: failureFrom(thrown) }, warnings: newWarnings() };
    }
  };
  return {
    keep,
    call: (handle, method, values) =>
      keep(() => {
        const found = kept[handle]?.[method];
        if (found === undefined) throw new RigError('defect', `the page knows no ${method} of ${handle}`);
        return found(...values);
      }),
  };
}

const methodsOf = (value: unknown): Record<string, Method> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => typeof member === 'function'))
    : {};
