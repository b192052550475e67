import axe from 'axe-core';

/**
 * deciding: axe's answer counts. candidate: experimental in axe, so a person has to look.
 * Deprecated rules are not run: axe itself advises against them.
 */
export interface AxeRule {
  readonly id: string;
  /** Clauses of EN 301 549 V3.2.1, e.g. `9.4.1.2`. */
  readonly clauses: readonly string[];
  readonly standing: 'deciding' | 'candidate';
}

/** Every rule of axe-core that stands for a clause of EN 301 549, as the installed version tells them. */
export function standardRules(): readonly AxeRule[] {
  return axe
    .getRules(['EN-301-549'])
    .filter(({ tags }) => !tags.includes('deprecated'))
    .map(({ ruleId, tags }) => ({
      id: ruleId,
      clauses: clausesFrom(tags),
      standing: tags.includes('experimental') ? 'candidate' : 'deciding',
    }));
}

/** `EN-9.4.1.2` → `9.4.1.2`. */
export const clausesFrom = (tags: readonly string[]): readonly string[] =>
  tags.flatMap((tag) => /^EN-(9\.\d+\.\d+\.\d+)$/.exec(tag)?.[1] ?? []);

/** What a probe looks after. */
export type Concern =
  | 'names-and-roles'
  | 'label-in-name'
  | 'contrast'
  | 'language'
  | 'structure'
  | 'text-alternatives'
  | 'adaptation'
  | 'operation';

/** Which clauses belong to which concern. A rule with several clauses belongs to the first concern that has one of them. */
export const clausesOf: Readonly<Record<Concern, readonly string[]>> = {
  'names-and-roles': ['9.4.1.2'],
  'label-in-name': ['9.2.5.3'],
  contrast: ['9.1.4.3'],
  language: ['9.3.1.1', '9.3.1.2', '9.2.4.2'],
  structure: ['9.1.3.1', '9.2.4.1'],
  'text-alternatives': ['9.1.1.1', '9.1.2.2'],
  adaptation: ['9.1.3.4', '9.1.3.5', '9.1.4.1', '9.1.4.2', '9.1.4.4', '9.1.4.12'],
  operation: ['9.2.1.1', '9.2.1.3', '9.2.2.1', '9.2.2.2', '9.3.3.2'],
};

export function rulesOf(concern: Concern): readonly AxeRule[] {
  return standardRules().filter((rule) => concernOf(rule) === concern);
}

function concernOf({ clauses }: AxeRule): Concern | undefined {
  const concerns = Object.keys(clausesOf) as Concern[];
  return concerns.find((concern) => clausesOf[concern].some((clause) => clauses.includes(clause)));
}
