import { describe, expect, it } from 'vitest';
import { type Capability, capabilities } from '../model/capability.ts';
import { catalogueEntry } from '../testing/examples.ts';
import { planRun } from './plan-run.ts';

const names = Object.keys(capabilities) as Capability[];
const isFeature = (name: Capability) => capabilities[name].kind === 'feature';

function decidedFor(needs: readonly Capability[], available: readonly Capability[] = []) {
  return planRun({ entries: [catalogueEntry('a', needs)], available: new Set(available) })[0]?.decided;
}

describe('planRun', () => {
  it('lets a check run that has all it needs', () => {
    expect(decidedFor(names, names)).toBeUndefined();
    expect(decidedFor([])).toBeUndefined();
  });

  it.each(names.filter(isFeature))('settles a check as not applicable when the target lacks the feature %s', (need) => {
    expect(decidedFor([need])).toEqual({ kind: 'notApplicable', reason: capabilities[need].absent });
  });

  it.each(names.filter((name) => !isFeature(name)))('leaves a check open when %s is missing', (need) => {
    expect(decidedFor([need])).toEqual({ kind: 'inconclusive', reason: capabilities[need].absent });
  });

  it('names only the absent feature where access is missing as well', () => {
    expect(decidedFor(['admin', 'tls', 'chromium'])).toEqual({
      kind: 'notApplicable',
      reason: capabilities.tls.absent,
    });
  });

  it('names everything that is missing for an open check', () => {
    expect(decidedFor(['admin', 'chromium', 'tls'], ['tls'])).toEqual({
      kind: 'inconclusive',
      reason: `${capabilities.admin.absent} ${capabilities.chromium.absent}`,
    });
  });

  it('orders by id, whatever the order of discovery', () => {
    const entries = ['c', 'a', 'b', 'a.b'].map((id) => catalogueEntry(id));
    const ids = (list: typeof entries) => planRun({ entries: list, available: new Set() }).map(({ id }) => id);
    expect(ids(entries)).toEqual(['a', 'a.b', 'b', 'c']);
    expect(ids(entries.toReversed())).toEqual(['a', 'a.b', 'b', 'c']);
  });

  it('keeps only the wanted families', () => {
    const entries = [catalogueEntry('a'), { ...catalogueEntry('b'), family: 'load' as const }];
    const plan = planRun({ entries, available: new Set(), only: ['load'] });
    expect(plan.map(({ id }) => id)).toEqual(['b']);
    expect(planRun({ entries, available: new Set(), only: [] })).toEqual([]);
  });

  it('leaves open what was not asked for, whatever the target lacks', () => {
    const entries = [catalogueEntry('a'), catalogueEntry('b', ['tls'])];
    const plan = planRun({ entries, available: new Set(), isWanted: (id) => id === 'a' });
    expect(plan.map(({ decided }) => decided?.kind)).toEqual([undefined, 'inconclusive']);
  });

  it('leaves to full depth what takes long, unless somebody asks for it by name', () => {
    const entry = catalogueEntry('a');
    const entries = [{ ...entry, meta: { ...entry.meta, depth: 'full' as const } }, catalogueEntry('b')];
    const kinds = (options: Pick<Parameters<typeof planRun>[0], 'depth' | 'isWanted'>) =>
      planRun({ entries, available: new Set(), ...options }).map(({ decided }) => decided?.kind);
    expect(kinds({ depth: 'standard' })).toEqual(['inconclusive', undefined]);
    expect(kinds({ depth: 'full' })).toEqual([undefined, undefined]);
    expect(kinds({ depth: 'standard', isWanted: (id) => id === 'a' })).toEqual([undefined, 'inconclusive']);
  });

  it('carries title, area, requirements, rule and standing', () => {
    const entry = catalogueEntry('a');
    const informative = { ...entry, meta: { ...entry.meta, spec: 'RFC 8996', standing: 'informative' as const } };
    const [plain, told] = planRun({ entries: [entry, informative], available: new Set() });
    expect(plain).toEqual({
      id: 'a',
      family: 'policy',
      area: 'tls',
      title: 'Prüfung a',
      requirements: ['SI-01'],
      standing: 'normative',
    });
    expect(told).toMatchObject({ spec: 'RFC 8996', standing: 'informative' });
  });
});
