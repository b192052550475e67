#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languageOf } from '../setup/early/language.mjs';

/** Starts the command line on Node 24: this process when it is one, else the Node that npm ci installed. */
const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const main = fileURLToPath(new URL('main.ts', import.meta.url));
const modernNode = join(modules, '.bin', 'node');
const isModern = Number.parseInt(process.versions.node, 10) >= 24;

const missing = {
  en: `nothing is installed yet (${modules} ${existsSync(modules) ? 'lacks Node 24' : 'is missing'}); run npm ci or npm start first`,
  de: `Noch ist nichts installiert (${modules} ${existsSync(modules) ? 'enthält kein Node 24' : 'fehlt'}); zuerst npm ci oder npm start ausführen.`,
};

/** Signals are passed on, so that whoever started us can end the bench by ending us. */
function startModernNode() {
  const child = spawn(modernNode, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name);
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}

if (!existsSync(modules) || !(isModern || existsSync(modernNode))) {
  console.error(missing[languageOf(process.env)]);
  process.exitCode = 2;
} else if (isModern) {
  await import(main);
} else {
  startModernNode();
}
