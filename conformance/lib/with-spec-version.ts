import type { Bench } from '../../core/model/bench.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { parsedJson } from '../../core/parsed-json.ts';
import { newestAdvertised, newestVersion, type SpecVersion } from '../../schemas/matrix/spec-version.ts';

/**
 * The bench, its target with the version of the specification it advertises: asked once for all checks, and part of a
 * recording like the rest of the target. A target that names none is held to the newest text.
 */
export async function withSpecVersion(bench: Bench): Promise<Bench> {
  const { target } = bench;
  if (target.specVersion !== undefined) return bench;
  return { ...bench, target: { ...target, specVersion: (await advertised(bench)) ?? newestVersion } };
}

async function advertised({ send, target }: Bench): Promise<SpecVersion | undefined> {
  try {
    const answer = await send({ method: 'GET', url: `${target.homeserverUrl}/_matrix/client/versions` });
    return newestAdvertised(parsedJson(answer.text()));
  } catch (thrown) {
    // Every check tells of a target that does not answer, this question alone would hide them all.
    if (thrown instanceof RigError) return undefined;
    throw thrown;
  }
}
