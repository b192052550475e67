import { expect, test } from 'vitest';
import { busySecondsIn, foreignCores } from './foreign-load.ts';
import { serverFigures } from './server-figures.ts';
import { programFrom, type ServerProcess } from './server-processes.ts';

const process = (pid: number, program: ServerProcess['program'], cpuSeconds: number, writtenBytes = 0) => ({
  pid,
  program,
  cpuSeconds,
  residentMib: 100,
  writtenBytes,
});

const begin = {
  atMs: 0,
  processes: [process(1, 'synapse', 10), process(2, 'synapse', 5), process(3, 'postgres', 1, 100)],
};
const end = {
  atMs: 10_000,
  processes: [
    process(1, 'synapse', 18),
    process(2, 'synapse', 6),
    process(3, 'postgres', 2, 1_100),
    process(4, 'postgres', 1),
  ],
};

test('each program is told by cores, memory and what it wrote; the busiest Synapse process by its one core', () => {
  expect(serverFigures(begin, end, 2)).toEqual({
    utilisation: { synapse: 0.8, postgres: 0.1, 'server cores': 0.55 },
    cpuCores: { synapse: 0.9, postgres: 0.2 },
    residentMib: { synapse: 200, postgres: 200 },
    writtenBytesPerSecond: { synapse: 0, postgres: 100 },
  });
});

test('a server that runs elsewhere shows nothing', () => {
  const nothing = { atMs: 0, processes: [] };
  expect(serverFigures(nothing, { ...nothing, atMs: 1_000 }, 2).utilisation).toEqual({});
});

test.each([
  ['/venv/bin/python\0-m\0synapse.app.homeserver\0-c\0homeserver.yaml', 'synapse'],
  ['/venv/bin/python\0-m\0synapse.app.generic_worker\0', 'synapse'],
  ['/usr/lib/postgresql/15/bin/postgres\0-D\0/data', 'postgres'],
  ['postgres: walwriter \0', 'postgres'],
  ['nginx: worker process\0', 'nginx'],
  ['/usr/sbin/nginx\0-c\0nginx.conf', 'nginx'],
  ['/usr/bin/redis-server 127.0.0.1:6379', 'redis'],
  ['/k6\0run\0nginx.js', undefined],
  ['node\0guard/main.ts', undefined],
])('%j is %s', (commandLine, program) => {
  expect(programFrom(commandLine)).toBe(program);
});

test('what others did on the machine is what was busy less what is ours', () => {
  expect(busySecondsIn('cpu  100 50 30 9000 500 10 10 200 0 0\ncpu0 1 2 3 4\n')).toBe(4);
  expect(busySecondsIn('')).toBeUndefined();
  const [early, late] = [
    { busySeconds: 100, ownSeconds: 20 },
    { busySeconds: 115, ownSeconds: 30 },
  ];
  expect(foreignCores(early, late, 10)).toBe(0.5);
  expect(foreignCores(early, { ...late, ownSeconds: 40 }, 10)).toBe(0);
});
