import type { Exercise } from '../../core/model/exercise.ts';
import type { Operation } from '../../schemas/matrix/operations.ts';
import { overlayNameOf } from '../../schemas/matrix/overlays.ts';
import { unknownKeys } from '../../schemas/matrix/unknown-keys.ts';
import type { Answer } from './answer.ts';
import { stringAt } from './json.ts';

/** How often each operation answered in which way. */
export interface Tally {
  count(operation: Operation, answer: Answer, isValidated: boolean): void;
  readonly exercises: readonly Exercise[];
}

interface Counted {
  readonly operation: Operation;
  readonly status: number;
  readonly errcode: string | undefined;
  readonly bodies: unknown[];
  validated: number;
}

export function createTally(): Tally {
  const kinds = new Map<string, Counted>();
  return {
    count: (operation, { status, json }, isValidated) => {
      const errcode = errcodeOf(status, json);
      const key = `${overlayNameOf(operation)} ${status} ${errcode}`;
      const kind = kinds.get(key) ?? { operation, status, errcode, bodies: [], validated: 0 };
      kinds.set(key, kind);
      kind.bodies.push(json);
      kind.validated += isValidated ? 1 : 0;
    },
    // Unknown keys are looked for only when somebody asks: replays never do.
    get exercises() {
      return [...kinds.values()].map(exerciseOf);
    },
  };
}

function exerciseOf({ operation, status, errcode, bodies, validated }: Counted): Exercise {
  const places = new Set(bodies.flatMap((body) => unknownKeys(operation, status, body)));
  const unknown = [...places].filter(isFitToPrint).toSorted().slice(0, mostKeys);
  return {
    operation: overlayNameOf(operation),
    status,
    ...(errcode !== undefined && { errcode }),
    seen: bodies.length,
    validated,
    ...(unknown.length > 0 && { unknownKeys: unknown }),
  };
}

const mostKeys = 20;

// Other words of the target have no place in the journal.
const isFitToPrint = (place: string): boolean => /^[\w.*/~-]{1,200}$/.test(place);

function errcodeOf(status: number, json: unknown): string | undefined {
  const errcode = status < 400 ? undefined : stringAt(json, ['errcode']);
  return errcode !== undefined && /^[\w.]{1,60}$/.test(errcode) ? errcode : undefined;
}
