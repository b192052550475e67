import type { Evidence } from '../../core/model/evidence.ts';
import type { Exercise } from '../../core/model/exercise.ts';
import { loadOperations, type Operation } from '../../schemas/matrix/operations.ts';
import { overlayNameOf } from '../../schemas/matrix/overlays.ts';
import { isUndocumentedStatus } from '../../schemas/matrix/undocumented-status.ts';

/** What the specification does not describe, and does not forbid: told, never held against the target. */
interface Oddity {
  readonly operation: string;
  readonly status: number;
  readonly errcode?: string;
  readonly isUndocumentedStatus?: true;
  readonly unknownKeys?: readonly string[];
}

/** Nothing when there is nothing to tell. */
export function oddityEvidence(exercises: readonly Exercise[]): readonly Evidence[] {
  const oddities = odditiesIn(exercises);
  if (oddities.length === 0) return [];
  return [{ name: 'Auffälligkeiten', mediaType: 'application/json', content: JSON.stringify(oddities, null, 1) }];
}

function odditiesIn(exercises: readonly Exercise[]): readonly Oddity[] {
  const all = (['client-server', 'server-server'] as const).flatMap((api) => loadOperations(api).operations);
  const byName = new Map(all.map((operation) => [overlayNameOf(operation), operation]));
  return exercises.flatMap((exercise) => oddityOf(exercise, byName.get(exercise.operation)) ?? []);
}

function oddityOf(exercise: Exercise, known: Operation | undefined): Oddity | undefined {
  const { operation, status, errcode, unknownKeys = [] } = exercise;
  const isUndocumented = known !== undefined && isUndocumentedStatus(known, status, { errcode });
  if (!isUndocumented && unknownKeys.length === 0) return undefined;
  return {
    operation,
    status,
    ...(errcode !== undefined && { errcode }),
    ...(isUndocumented && { isUndocumentedStatus: true }),
    ...(unknownKeys.length > 0 && { unknownKeys }),
  };
}
