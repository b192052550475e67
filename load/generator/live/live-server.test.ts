import { request } from 'node:http';
import { expect, test } from 'vitest';
import { startLiveServer } from './live-server.ts';

const figures = {
  second: 3,
  durationS: 60,
  online: 20,
  users: 20,
  pollsPerSecond: 1,
  sendsPerSecond: 2,
  requestsPerSecond: 3,
  failedPerSecond: 0,
  deliverySamples: 0,
  failed: 0,
  loopLagP99Ms: 1,
};

test('the page needs nothing from elsewhere and admits only its own script', async () => {
  await using server = await startLiveServer('office-day <b>');
  const answer = await fetch(server.url);
  const page = await answer.text();
  const nonce = /script-src 'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? '?';
  expect(page).toContain(`<script nonce="${nonce}">`);
  expect(page).toContain('<html lang="de">');
  expect(page).toContain('office-day &lt;b>');
  expect(page).not.toMatch(/https?:/);
});

test('an open page gets what was before and what comes, and is told the end', async () => {
  let text = '';
  {
    await using server = await startLiveServer('office-day');
    server.show(figures);
    const stream = await fetch(`${server.url}figures`);
    void stream.text().then((whole) => {
      text = whole;
    });
    server.show({ ...figures, second: 4 });
  }
  await expect.poll(() => text).toContain('event: end');
  const events = text.split('\n').filter((line) => line.startsWith('data: {'));
  expect(events.map((line) => JSON.parse(line.slice(6)).second)).toEqual([3, 4]);
});

test('another name for the address gets nothing', async () => {
  await using server = await startLiveServer('office-day');
  const status = await new Promise((resolve, reject) => {
    request(server.url, { headers: { host: 'evil.example' } }, ({ statusCode }) => resolve(statusCode))
      .once('error', reject)
      .end();
  });
  expect(status).toBe(403);
});
