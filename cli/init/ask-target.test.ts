import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../core/model/usage-error.ts';
import { parseTargetFile } from '../../schemas/suite/target-file.ts';
import { askTarget } from './ask-target.ts';
import { openLines } from './lines.ts';
import { type Question, questions } from './questions.ts';

const good: Readonly<Record<keyof typeof questions, string>> = {
  name: 'Abnahme',
  serverName: 'messenger.example:8448',
  homeserverUrl: 'https://matrix.messenger.example',
  clientUrl: 'https://messenger.example/web',
  adminUrl: 'http://127.0.0.1:8008',
  proxy: 'http://proxy.example:3128',
  caCertificates: 'ca.pem',
  userId: '@alice:messenger.example:8448',
  credential: 'token:env:ALICE',
  deviceId: 'DEV',
  mayMutate: 'ja',
  users: '200',
  until: '2999-01-31T18:00:00+01:00',
  grantedByName: 'Carol',
  grantedByRole: 'Betrieb',
  grantedByDate: '2026-11-20',
};

const bad: Readonly<Record<keyof typeof questions, readonly string[]>> = {
  name: ['', '  '],
  serverName: ['', 'ftp://x', 'https://messenger.example', 'a b', 'x/y', '@a:x', 'x:99999'],
  homeserverUrl: [
    '',
    'x',
    'ftp://x',
    'http://hs.example',
    'https://u:p@hs.example',
    'https://hs.example/?a=b',
    'https://',
  ],
  clientUrl: ['x', 'http://hs.example', 'https://hs.example/#/welcome', 'https://hs.example:99999'],
  adminUrl: ['127.0.0.1:8008', 'http://10.0.0.1:8008'],
  proxy: ['proxy.example:3128', 'socks5://proxy.example', 'http://u:p@proxy.example', 'http://proxy.example:99999'],
  caCertificates: [],
  userId: ['alice', '@alice', '@alice:messenger.example', '@alice:ftp://x'],
  credential: ['', 'env:', 'env:1A', 'env:$A', 'file:', 'token:', 'token:env:', 'token:file:'],
  deviceId: ['', ' '],
  mayMutate: ['maybe', '1', 'true'],
  users: ['-1', '1.5', 'viele', '1e3', '0x10'],
  until: [
    '',
    'tomorrow',
    '2999-02-30T18:00:00Z',
    '2999-01-31',
    '2999-01-31T18:00:00',
    '2999-01-31T18:00Z',
    '2020-01-01T00:00:00Z',
  ],
  grantedByName: [''],
  grantedByRole: ['', ' '],
  grantedByDate: ['', '2026-13-45', '2026-02-30', '01.12.2026', '2026-12-1', '2026-12-01T00:00:00Z'],
};

const order = Object.keys(good) as (keyof typeof questions)[];

/** The dialogue as a person would have it, with some answers before the good one. */
async function dialogue(before: Readonly<Partial<Record<keyof typeof questions, readonly string[]>>>) {
  const input = new PassThrough();
  const output = new PassThrough();
  const lines = order.flatMap((name) => [...(before[name] ?? []), good[name], ...(name === 'deviceId' ? [''] : [])]);
  input.end(`${lines.join('\n')}\n`);
  using opened = openLines(input, output);
  const file = await askTarget(opened, 'en');
  return { file, said: String(output.read()) };
}

const timesAsked = (said: string, { ask }: Question) => said.split(typeof ask === 'string' ? ask : ask.en).length - 1;

describe('askTarget', () => {
  test('asks every question there is', () => {
    expect(order.toSorted()).toEqual(Object.keys(questions).sort());
  });

  test.each(order)('%s: no bad answer gets by, and what comes out is a valid target file', async (name) => {
    const once = timesAsked((await dialogue({})).said, questions[name]);
    const { file, said } = await dialogue({ [name]: bad[name] });
    expect(timesAsked(said, questions[name])).toBe(once + bad[name].length);
    expect(parseTargetFile(JSON.stringify(file), 'x.json')).toEqual(file);
    expect(file).toEqual((await dialogue({})).file);
  });

  test('says which server an account belongs to when it is another one', async () => {
    const { said } = await dialogue({ userId: ['@alice:other.example'] });
    expect(said).toContain('belongs to the server other.example, but "serverName" is messenger.example:8448');
  });

  test('keeps blanks around a password', async () => {
    const input = new PassThrough();
    using lines = openLines(input, new PassThrough());
    const rest = order.slice(order.indexOf('mayMutate')).map((name) => good[name]);
    const start = order.slice(0, order.indexOf('credential')).map((name) => good[name]);
    input.end([...start, ' geheim ', '', ...rest].join('\n'));
    expect((await askTarget(lines, 'de')).accounts).toEqual([{ userId: good.userId, password: ' geheim ' }]);
  });

  test('end of input is wrong use and names the open question in both languages', async () => {
    const input = new PassThrough();
    using lines = openLines(input, new PassThrough());
    input.end('Abnahme\n');
    const failure = await askTarget(lines, 'de').catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(UsageError);
    expect((failure as UsageError).text).toEqual({
      en: expect.stringContaining('"Matrix server name (after the colon of a user id)"'),
      de: expect.stringContaining('„Matrix-Servername (hinter dem Doppelpunkt einer Kennung)“'),
    });
  });
});
