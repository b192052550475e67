import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../core/http/http.ts';
import { failingFirst } from './fault.ts';

const answer: HttpAnswer = { status: 200, headers: {}, bytes: new Uint8Array(), text: () => '' };
const claim = { method: 'POST', url: 'https://example.org/_matrix/client/v3/keys/claim' };

describe('failingFirst', () => {
  it('turns the first requests away once begun, and lets the others through', async () => {
    const fault = failingFirst(1, '/keys/claim');
    const send = fault.between(async () => answer);
    expect((await send(claim)).status).toBe(200);
    fault.begin();
    expect((await send({ ...claim, url: 'https://example.org/_matrix/client/v3/keys/query' })).status).toBe(200);
    expect((await send(claim)).status).toBe(502);
    expect((await send(claim)).status).toBe(200);
    expect([fault.failed(), fault.passed()]).toEqual([1, 1]);
  });
});
