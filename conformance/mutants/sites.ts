import { parsedJson } from '../../core/parsed-json.ts';
import type { Random } from '../../core/random.ts';
import { operationAt } from '../../schemas/matrix/operation-at.ts';
import type { Operation } from '../../schemas/matrix/operations.ts';
import type { RecordedAnswer, Recording } from '../replay/recording.ts';
import { answerMutations } from './answer-mutations.ts';
import { foreignAnswersIn } from './foreign-answers.ts';
import { type IdentifierPool, identifiersIn } from './identifier-pool.ts';
import { nodesOf } from './json-nodes.ts';
import { classOf, type Mutant, type MutantPlace, type MutationKind } from './mutant.ts';
import { nodeMutations } from './node-mutations.ts';
import { pathWithoutData } from './path-without-data.ts';

/** Equal lies that a check could be told: same operation, status, kind and place. */
export interface MutantClass {
  readonly place: MutantPlace;
  /** Some of them, made when they are needed. */
  readonly examples: readonly (() => Mutant)[];
}

/** So many of equal lies are kept; a thousand equal events must not drown the rest. */
const mostExamples = 6;

type Growing = { readonly place: MutantPlace; readonly examples: (() => Mutant)[]; met: number };

/** Everything a check could be lied to about in its recording. */
export function mutantClassesOf(
  { check, exchanges }: Recording,
  foreign: IdentifierPool['foreign'],
  random: Random,
): readonly MutantClass[] {
  const classes = new Map<string, Growing>();
  const add = (place: MutantPlace, example: () => Mutant) => {
    const known = classes.get(classOf(place)) ?? { place, examples: [], met: 0 };
    classes.set(classOf(place), known);
    keepSome(known, example, random);
  };
  const asked = exchanges.map(({ given }) => askedOf(given));
  const foreignAnswer = foreignAnswersIn(asked);
  const choose: IdentifierPool['choose'] = (ways) => random.pick(ways);
  for (const [exchange, one] of asked.entries()) {
    for (const { place, change } of mutationsOf(one, { foreign, choose, foreignAnswer: foreignAnswer(exchange) })) {
      add(place, () => ({ check, exchange, place, change: change() }));
    }
  }
  return [...classes.values()];
}

/** Each of those met is kept with the same chance. */
function keepSome(known: Growing, example: () => Mutant, random: Random): void {
  known.met += 1;
  if (known.examples.length < mostExamples) {
    known.examples.push(example);
    return;
  }
  const place = random.below(known.met);
  if (place < mostExamples) known.examples[place] = example;
}

interface PossibleMutation {
  readonly place: MutantPlace;
  readonly change: () => Mutant['change'];
}

interface Asked {
  readonly given: RecordedAnswer;
  readonly operation: Operation | undefined;
  /** Method and path template. */
  readonly question: string;
}

function askedOf(given: RecordedAnswer): Asked {
  const { method, url } = given.request;
  const path = new URL(url).pathname;
  const operation = operationAt(method, path);
  return { given, operation, question: `${method} ${operation?.path ?? pathWithoutData(path)}` };
}

interface Lies extends Pick<IdentifierPool, 'foreign' | 'choose'> {
  /** Of another session to the same question; undefined for none. */
  readonly foreignAnswer: unknown;
}

function* mutationsOf(
  { given: answer, operation, question }: Asked,
  { foreignAnswer, ...lies }: Lies,
): Generator<PossibleMutation> {
  const base = { operation: question, status: answer.status };
  const json = jsonOf(answer);
  if (json !== undefined && foreignAnswer !== undefined) {
    const edits = [{ at: [], to: foreignAnswer }];
    yield { place: { ...base, kind: 'foreignAnswer', pattern: '' }, change: () => ({ edits }) };
  }
  for (const { kind, pattern, change } of answerMutations(answer, json, operation)) {
    yield { place: { ...base, kind, pattern }, change: () => change };
  }
  const nodes = json === undefined ? [] : [...nodesOf(json)];
  const pool = { inAnswer: identifiersIn(nodes), ...lies };
  for (const node of nodes) {
    for (const [kind, mutation] of Object.entries(nodeMutations)) {
      const edits = mutation(node, pool);
      if (edits.length === 0) continue;
      yield { place: { ...base, kind: kind as MutationKind, pattern: node.pattern }, change: () => ({ edits }) };
    }
  }
}

function jsonOf({ bytes, headers }: RecordedAnswer): unknown {
  return headers['content-type']?.includes('json') ? parsedJson(new TextDecoder().decode(bytes)) : undefined;
}
