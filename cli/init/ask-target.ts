import { type Language, type Text, textIn } from '../../core/model/text.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import type { TargetAccount, TargetFile } from '../../schemas/suite/target-file.ts';
import type { Lines } from './lines.ts';
import { problemOf, type Question, questions, valueFrom } from './questions.ts';
import { secretFrom } from './secret-answer.ts';

type Ask = (question: Question) => Promise<string>;

const accountsWanted = {
  en: 'Test accounts: 4 are the least, 16 let four checks run side by side, about 30 serve every family but load; for load as many as people.',
  de: 'Prüfkonten: 4 sind das Mindeste, mit 16 laufen vier Prüfungen zugleich, etwa 30 genügen allen Familien außer Last; für Last so viele wie Personen.',
};

/** Asks until every answer is usable; the result is a valid target file. */
export async function askTarget(lines: Lines, language: Language): Promise<TargetFile> {
  let serverName = '';
  const ask: Ask = (question) => askOne(lines, language, { question, serverName });
  const name = await ask(questions.name);
  serverName = await ask(questions.serverName);
  const homeserverUrl = await ask(questions.homeserverUrl);
  const optional = {
    ...present('clientUrl', await ask(questions.clientUrl)),
    ...present('adminUrl', await ask(questions.adminUrl)),
    ...present('proxy', await ask(questions.proxy)),
    ...present('caCertificates', await ask(questions.caCertificates)),
  };
  lines.tell(textIn(language, accountsWanted));
  const accounts = await askAccounts(ask);
  return { name, serverName, homeserverUrl, ...optional, accounts, permissions: await askPermissions(ask) };
}

const present = <K extends string>(key: K, value: string) =>
  value === '' ? {} : ({ [key]: value } as Record<K, string>);

interface Asked {
  readonly question: Question;
  readonly serverName: string;
}

async function askOne(lines: Lines, language: Language, { question, serverName }: Asked): Promise<string> {
  const { fallback, secret = false } = question;
  const prompt = `${textIn(language, question.ask)}${fallback === undefined ? '' : ` [${fallback}]`}: `;
  for (;;) {
    const line = await lines.ask(prompt, { secret });
    if (line === undefined) throw endedAt(question.ask);
    const answer = tidied(line, question);
    if (answer === '' && question.optional) return '';
    const problem = problemOf(question, answer, serverName);
    if (problem === undefined) return answer;
    lines.tell(`  ${textIn(language, problem)}`);
  }
}

function tidied(line: string, { secret, fallback = '' }: Question): string {
  // Blanks around a password may belong to it.
  return (secret ? line : line.trim()) || fallback;
}

function endedAt(ask: Text): UsageError {
  return new UsageError({
    en: `the input ended at the question "${textIn('en', ask)}": nothing was written; start again and answer to the end`,
    de: `Die Eingabe endete bei der Frage „${textIn('de', ask)}“: Nichts wurde geschrieben; neu beginnen und bis zum Ende antworten`,
  });
}

async function askAccounts(ask: Ask): Promise<readonly TargetAccount[]> {
  const accounts: TargetAccount[] = [];
  for (let userId = await ask(questions.userId); userId !== ''; userId = await ask(questions.userId)) {
    accounts.push(await askCredential(ask, userId));
  }
  return accounts;
}

async function askCredential(ask: Ask, userId: string): Promise<TargetAccount> {
  const { kind, secret } = secretFrom(await ask(questions.credential));
  if (kind === 'password') return { userId, password: secret };
  return { userId, accessToken: secret, deviceId: await ask(questions.deviceId) };
}

async function askPermissions(ask: Ask): Promise<TargetFile['permissions']> {
  return {
    mayMutate: valueFrom(questions.mayMutate, await ask(questions.mayMutate)) === true,
    mayStress: { users: Number(await ask(questions.users)) },
    until: await ask(questions.until),
    grantedBy: {
      name: await ask(questions.grantedByName),
      role: await ask(questions.grantedByRole),
      date: await ask(questions.grantedByDate),
    },
  };
}
