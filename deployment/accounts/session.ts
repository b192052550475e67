import type { Session } from '../../core/model/bench.ts';
import { textOf } from './matrix-call.ts';

export const sessionFrom = (answer: Readonly<Record<string, unknown>>): Session => ({
  userId: textOf(answer, 'user_id'),
  deviceId: textOf(answer, 'device_id'),
  accessToken: textOf(answer, 'access_token'),
});
