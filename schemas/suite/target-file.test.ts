import { describe, expect, it } from 'vitest';
import { UsageError } from '../../core/model/usage-error.ts';
import type { JsonObject } from '../json.ts';
import schema from './target.schema.json' with { type: 'json' };
import { parseTargetFile, type TargetFile } from './target-file.ts';

const complete: Required<TargetFile> = {
  name: 'Staging',
  description: 'before the second group',
  serverName: 'messenger.example',
  homeserverUrl: 'https://matrix.messenger.example',
  clientUrl: 'https://messenger.example/web',
  adminUrl: 'http://127.0.0.1:8008',
  adminToken: { file: 'admin-token' },
  proxy: 'http://proxy.example:3128',
  caCertificates: 'ca.pem',
  accounts: [
    { userId: '@alice:messenger.example', password: { env: 'ALICE_PASSWORD' } },
    { userId: '@bob:messenger.example', accessToken: 'syt_bob', deviceId: 'BOB1' },
  ],
  permissions: {
    mayMutate: true,
    mayStress: { users: 200, messagesPerSecond: 5 },
    until: '2027-01-31T18:00:00+01:00',
    grantedBy: { name: 'Carol', role: 'operations', date: '2026-11-20' },
  },
};

function problemOf(text: string): string {
  try {
    parseTargetFile(text, 'staging.json');
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message;
  }
  throw new Error('the target file was accepted');
}

/** The complete file with one place changed; undefined takes the key away. */
function changed(path: string, value: unknown): string {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const file = structuredClone(complete) as unknown as Record<string, unknown>;
  const parent = steps.reduce((node, step) => node[step] as Record<string, unknown>, file);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.stringify(file);
}

describe('parseTargetFile', () => {
  it('returns a complete file unchanged', () => {
    expect(parseTargetFile(JSON.stringify(complete), 'staging.json')).toEqual(complete);
  });

  it('knows the same keys as the schema', () => {
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(complete).sort());
  });

  it('needs neither optional keys nor accounts', () => {
    const { name, serverName, homeserverUrl, permissions } = complete;
    const small = { name, serverName, homeserverUrl, permissions, accounts: [] };
    expect(parseTargetFile(JSON.stringify(small), 'staging.json')).toEqual(small);
  });

  it('takes slashes off the end of URLs and a byte order mark off the beginning', () => {
    const text = `\uFEFF${changed('homeserverUrl', 'https://hs1.example//')}`;
    expect(parseTargetFile(text, 'staging.json').homeserverUrl).toBe('https://hs1.example');
  });

  it.each(['http://localhost:8008', 'http://127.0.0.1', 'http://[::1]:8008/hs'])('accepts %s', (url) => {
    expect(parseTargetFile(changed('homeserverUrl', url), 'staging.json').homeserverUrl).toBe(url);
  });

  it.each([
    ['http://hs1.example', 'got http://hs1.example'],
    ['http://127.0.0.1.hs1.example', 'got http://127.0.0.1.hs1.example'],
    ['http://localhost@hs1.example', 'got http://hs1.example'],
    ['https://user:geheim@hs1.example', 'got https://hs1.example'],
    ['https://hs1.example/?token=geheim', 'got https://hs1.example'],
    ['hs1.example', 'got no URL'],
  ])('refuses the URL %s and shows no more of it than its origin', (url, got) => {
    const message = problemOf(changed('homeserverUrl', url));
    expect(message).toContain('key /homeserverUrl: expected an https URL, or http on a loopback address');
    expect(message).toContain(got);
    expect(message).not.toContain('geheim');
  });

  it.each([
    [
      'homserverUrl',
      'x',
      'key /homserverUrl: expected no such key, got string of length 1; did you mean "homeserverUrl"?',
    ],
    ['banana', 1, 'key /banana: expected no such key, got integer; remove it, known keys are name, '],
    [
      'permissions.mayStres',
      {},
      '/permissions/mayStres: expected no such key, got object with 0 keys; did you mean "mayStress"?',
    ],
    [
      'accounts.0.passwort',
      'geheim',
      'key /accounts/0/passwort: expected no such key, got string of length 6; did you mean "password"?',
    ],
    [
      'permissions.until',
      undefined,
      'key /permissions/until: expected a value (required key), got nothing; write here: date and time with',
    ],
    [
      'permissions.until',
      '31.12.2026',
      'key /permissions/until: expected format date-time, got string of length 10; write here: date',
    ],
    ['permissions.until', '2027-01-31T18:00:00', 'key /permissions/until: expected format date-time'],
    ['permissions.until', '2027-02-30T18:00:00Z', 'key /permissions/until: expected format date-time'],
    ['permissions.grantedBy.date', '2027-13-01', 'key /permissions/grantedBy/date: expected format date'],
    ['permissions.mayStress.users', -1, 'key /permissions/mayStress/users: expected minimum 0, got -1'],
    ['permissions.mayStress.users', 1.5, 'key /permissions/mayStress/users: expected integer, got number'],
    ['permissions.mayMutate', 'yes', 'key /permissions/mayMutate: expected boolean, got string of length 3'],
    ['serverName', 'https://hs1', 'key /serverName: expected format mx-server-name'],
    ['accounts', {}, 'key /accounts: expected array, got object with 0 keys'],
    ['accounts.0.userId', 'alice', 'key /accounts/0/userId: expected format mx-user-id'],
    ['accounts.0.password', undefined, 'key /accounts/0: expected one of 2 shapes'],
    [
      'accounts.0.accessToken',
      'geheim',
      '/accounts/0/deviceId: expected a value (required beside "accessToken"), got nothing',
    ],
    ['accounts.0.password', { env: 'A', file: 'geheim' }, 'key /accounts/0/password: expected one of 3 shapes'],
    ['accounts.0.password', { env: '$A' }, 'key /accounts/0/password: expected one of 3 shapes'],
    ['adminToken', '', 'key /adminToken: expected one of 3 shapes'],
  ])('names what is wrong with %s = %j', (path, value, expected) => {
    const message = problemOf(changed(path, value));
    expect(message).toMatch(/^target file staging\.json, key /);
    expect(message).toContain(expected);
    expect(message).not.toContain('geheim');
  });

  it('puts a mistyped key before the key that is therefore missing', () => {
    const { homeserverUrl, ...rest } = complete;
    const [first, second] = problemOf(JSON.stringify({ ...rest, homserverUrl: homeserverUrl })).split('\n');
    expect(first).toContain('did you mean "homeserverUrl"?');
    expect(second).toContain('/homeserverUrl: expected a value (required key)');
  });

  it('refuses both a password and a token for one account', () => {
    const [account]: readonly JsonObject[] = complete.accounts;
    const both = { ...account, accessToken: 'x', deviceId: 'D' };
    expect(problemOf(changed('accounts.0', both))).toContain(
      'expected exactly one of 2 shapes, got a match with several',
    );
  });

  it.each(['messenger.example:8448', 'other.example'])('refuses an account of another server, %s', (server) => {
    expect(problemOf(changed('accounts.1.userId', `@bob:${server}`))).toBe(
      `target file staging.json, key /accounts/1/userId: the account @bob:${server} belongs to the server ${server}, but "serverName" is messenger.example: correct one of the two`,
    );
  });

  it('says that a file of another kind is none', () => {
    expect(problemOf('[]')).toBe(
      'target file staging.json (document): expected object, got array of length 0; correct it or make a new file with "pruefstand init"',
    );
  });

  it.each([
    ['{"adminToken": geheim}', 'line 1, column 16'],
    ['{"adminToken": "geheim', 'line 1, column 23'],
    ['{\n  "adminToken": "geheim"\n  "name": "x"\n}', 'line 3, column 3'],
    ['{"accounts": ["geheim",\n]}', 'line 2, column 1'],
    ['{"adminToken": "geheim",}', 'line 1, column 25'],
    ['{"adminToken": "geh\neim"}', 'line 1, column 20'],
    ['', 'line 1, column 1'],
  ])('points at the place in unreadable JSON %j and does not quote it', (text, place) => {
    const message = problemOf(text);
    expect(message).toBe(
      `target file staging.json is no valid JSON at ${place}: correct it there or make a new one with "pruefstand init"`,
    );
  });
});
