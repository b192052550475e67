/** Also the order in which areas appear in the catalogue and in every report. */
export const areaKeys = ['DS', 'SI', 'VE', 'BF', 'MB', 'KO', 'LE', 'BE'] as const;

export type AreaKey = (typeof areaKeys)[number];

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

/** Stable for ever: a withdrawn number is not given to another requirement. */
export type RequirementId = `${AreaKey}-${Digit}${Digit}`;

/** Who decides: the machine, the machine and a person, a person alone. */
export type Verification = 'automatic' | 'partly' | 'manual';

/** How sure the citation is: seen at its place, seen at second hand, to be looked up before anyone relies on it. */
export type Confidence = 'confirmed' | 'secondary' | 'unconfirmed';

export interface SourceReference {
  readonly document: string;
  readonly clause?: string;
  readonly edition?: string;
  readonly confidence: Confidence;
}

interface Demand {
  readonly id: RequirementId;
  readonly title: string;
  readonly explanation: string;
  readonly sources: readonly [SourceReference, ...SourceReference[]];
  /** What the existing checks do not show yet; while anything is listed the requirement is never met. */
  readonly open: readonly string[];
}

interface AutomaticRequirement extends Demand {
  readonly verification: 'automatic';
  readonly method: string;
  readonly humanEvidence?: never;
}

interface PartlyAutomaticRequirement extends Demand {
  readonly verification: 'partly';
  readonly method: string;
  readonly humanEvidence: string;
}

interface ManualRequirement extends Demand {
  readonly verification: 'manual';
  readonly method?: never;
  readonly humanEvidence: string;
}

export type Requirement = AutomaticRequirement | PartlyAutomaticRequirement | ManualRequirement;

export interface Area {
  readonly area: { readonly key: AreaKey; readonly title: string };
  readonly requirements: readonly Requirement[];
}

export interface Catalogue {
  readonly areas: readonly Area[];
  /** All requirements, area after area. */
  readonly requirements: readonly Requirement[];
}

/** Orders the areas and joins their requirements; throws where an id is used twice or stands in a foreign area. */
export function catalogueFromAreas(areas: readonly Area[]): Catalogue {
  const ordered = [...areas].sort((a, b) => areaKeys.indexOf(a.area.key) - areaKeys.indexOf(b.area.key));
  const firstTitleOf = new Map<RequirementId, string>();
  for (const { area, requirements } of ordered) {
    for (const { id, title } of requirements) {
      if (!id.startsWith(`${area.key}-`)) {
        throw new Error(`Requirement ${id} stands in area ${area.key} (${area.title}); move it or correct its id.`);
      }
      const first = firstTitleOf.get(id);
      if (first !== undefined) {
        throw new Error(`Requirement id ${id} is used twice, by "${first}" and by "${title}"; renumber one of them.`);
      }
      firstTitleOf.set(id, title);
    }
  }
  return { areas: ordered, requirements: ordered.flatMap(({ requirements }) => requirements) };
}
