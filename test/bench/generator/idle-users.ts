import type { UserRow } from '../../../load/scenarios/load-plan.ts';

/** Only there: they are in two rooms where nobody writes. Tokens are as long as those of a homeserver. */
export function idleUsers(users: number, rampS: number): UserRow[] {
  return Array.from({ length: users }, (_, user) => {
    const name = `@bench-load-${String(user).padStart(6, '0')}:homeserver.example`;
    return {
      userId: name,
      deviceId: `DEVICE${String(user).padStart(6, '0')}`,
      accessToken: `syt_${Buffer.from(name).toString('base64url')}_abcdef`,
      arrivalMs: Math.round(rampS * 1_000 * ((0.9 * user) / users - 1)),
      rooms: [`!team-${Math.floor(user / 10)}`, `!unit-${Math.floor(user / 25)}`].map((id) => ({
        roomId: `${id}:homeserver.example`,
        expected: 0,
        members: 10,
      })),
      messages: [],
    };
  });
}
