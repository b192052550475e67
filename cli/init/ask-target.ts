import type { Interface } from 'node:readline/promises';
import { type Language, textIn } from '../../core/model/text.ts';
import type { SecretSource } from '../../schemas/suite/secret-source.ts';
import type { TargetAccount, TargetFile } from '../../schemas/suite/target-file.ts';
import { type Question, questions } from './questions.ts';

type Ask = (question: Question) => Promise<string>;

/** Asks until every answer is usable; the result is a valid target file. */
export async function askTarget(lines: Interface, language: Language): Promise<TargetFile> {
  const ask: Ask = (question) => askOne(lines, language, question);
  const name = await ask(questions.name);
  const serverName = await ask(questions.serverName);
  const homeserverUrl = await ask(questions.homeserverUrl);
  const optional = {
    ...present('clientUrl', await ask(questions.clientUrl)),
    ...present('adminUrl', await ask(questions.adminUrl)),
    ...present('proxy', await ask(questions.proxy)),
    ...present('caCertificates', await ask(questions.caCertificates)),
  };
  const accounts = await askAccounts(ask);
  return { name, serverName, homeserverUrl, ...optional, accounts, permissions: await askPermissions(ask) };
}

const present = <K extends string>(key: K, value: string) =>
  value === '' ? {} : ({ [key]: value } as Record<K, string>);

async function askOne(lines: Interface, language: Language, question: Question): Promise<string> {
  const suffix = question.fallback === undefined ? '' : ` [${question.fallback}]`;
  for (;;) {
    const answer =
      (await lines.question(`${textIn(language, question.ask)}${suffix}: `)).trim() || (question.fallback ?? '');
    if (answer === '' && question.optional) return '';
    const problem = question.check(answer);
    if (problem === undefined) return answer;
    process.stderr.write(`  ${textIn(language, problem)}\n`);
  }
}

async function askAccounts(ask: Ask): Promise<readonly TargetAccount[]> {
  const accounts: TargetAccount[] = [];
  for (let userId = await ask(questions.userId); userId !== ''; userId = await ask(questions.userId)) {
    accounts.push(await askCredential(ask, userId));
  }
  return accounts;
}

async function askCredential(ask: Ask, userId: string): Promise<TargetAccount> {
  const answer = await ask(questions.credential);
  if (!answer.startsWith('token:')) return { userId, password: secretFrom(answer) };
  const deviceId = await ask(questions.deviceId);
  return { userId, accessToken: secretFrom(answer.slice('token:'.length)), deviceId };
}

function secretFrom(answer: string): SecretSource {
  if (answer.startsWith('env:')) return { env: answer.slice('env:'.length) };
  if (answer.startsWith('file:')) return { file: answer.slice('file:'.length) };
  return answer;
}

async function askPermissions(ask: Ask): Promise<TargetFile['permissions']> {
  return {
    mayMutate: /^(yes|ja)$/i.test(await ask(questions.mayMutate)),
    mayStress: { users: Number(await ask(questions.users)) },
    until: await ask(questions.until),
    grantedBy: {
      name: await ask(questions.grantedByName),
      role: await ask(questions.grantedByRole),
      date: await ask(questions.grantedByDate),
    },
  };
}
