import type { Finding } from '../../core/model/finding.ts';
import { loadOperations, type Validation, validateResponse } from '../../schemas/matrix/operations.ts';
import { standardErrorSchema } from '../../schemas/matrix/standard-error.ts';
import { validatorOf } from '../../schemas/matrix/validate.ts';
import { type Answer, requestLineOf, whereOf } from './answer.ts';

/** What the family sees by itself in every answer, whatever the check looks at. */
export interface Ledger {
  /** Answers compared with a schema. */
  readonly validated: number;
  readonly findings: readonly Finding[];
  note(answer: Answer): void;
}

const mostProblems = 5;

export function createLedger(): Ledger {
  const findings = new Map<string, Finding>();
  let validated = 0;
  return {
    get validated() {
      return validated;
    },
    get findings() {
      return [...findings.values()];
    },
    note: (answer) => {
      const validation = validationOf(answer);
      if (validation.state !== 'noSchema') validated += 1;
      for (const finding of [...schemaFindings(answer, validation), ...serverErrors(answer)]) {
        findings.set(`${finding.code} ${finding.where}`, finding);
      }
    },
  };
}

/** Paths outside the specification still answer errors in its form. */
function validationOf({ method, path, status, json }: Answer): Validation {
  const operation = loadOperations().match(method, path);
  if (operation !== undefined) return validateResponse(operation, status, json);
  if (!path.startsWith('/_matrix/') || status < 400 || status >= 500) return { state: 'noSchema' };
  const problems = validatorOf(standardErrorSchema)(json);
  return problems.length === 0 ? { state: 'valid' } : { state: 'invalid', problems };
}

function schemaFindings(answer: Answer, validation: Validation): Finding[] {
  if (validation.state !== 'invalid') return [];
  const { problems } = validation;
  const more = problems.length > mostProblems ? ` (und ${problems.length - mostProblems} weitere)` : '';
  return [
    {
      code: 'schema-violation',
      title: 'Die Antwort entspricht nicht dem Schema der Spezifikation',
      expected: `Antwort nach dem Schema der Matrix-Spezifikation für ${whereOf(answer)} mit Status ${answer.status}`,
      observed: `${problems.slice(0, mostProblems).join('; ')}${more}`,
      where: `${whereOf(answer)} → ${answer.status}`,
      request: requestLineOf(answer),
    },
  ];
}

function serverErrors(answer: Answer): Finding[] {
  if (answer.status < 500) return [];
  return [
    {
      code: 'server-error',
      title: 'Der Server meldet einen inneren Fehler',
      expected: 'eine Antwort ohne inneren Fehler',
      observed: `Status ${answer.status}`,
      where: `${whereOf(answer)} → ${answer.status}`,
      request: requestLineOf(answer),
    },
  ];
}
