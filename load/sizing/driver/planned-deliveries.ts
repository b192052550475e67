import type { Schedule } from '../../generator/plan-load.ts';

/** Deliveries of the messages intended from `fromMs` on and before `toMs`: one to each other member of the room. */
export function plannedDeliveries({ rooms, messages }: Schedule, fromMs: number, toMs: number): number {
  return messages
    .flat()
    .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
    .reduce((total, { room }) => total + (rooms[room]?.members.length ?? 1) - 1, 0);
}
