import { UsageError } from '../../core/model/usage-error.ts';
import { k6Version } from '../generator/k6-program.ts';

/** A mirror or a digest of the same version may be given in its place. */
export const k6Image = `docker.io/grafana/k6:${k6Version}`;
/** Resumes the runners; of the operator's release whose TestRun we write. */
export const starterImage = 'ghcr.io/grafana/k6-operator:starter-v1.6.0';

const digest = /@sha256:[0-9a-f]{64}$/;
const tagged = /:([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$/;

/**
 * Gives the image back when it is the same tomorrow: by digest, or by a tag that names a version.
 * Throws UsageError naming the option otherwise.
 */
export function pinnedImage(option: string, image: string): string {
  if (digest.test(image)) return image;
  if (/[\s@]/.test(image)) throw notPinned(option, image);
  const tag = tagged.exec(image.slice(image.lastIndexOf('/') + 1))?.[1];
  if (tag === undefined || tag.startsWith('latest')) throw notPinned(option, image);
  return image;
}

function notPinned(option: string, image: string): UsageError {
  return new UsageError({
    en: `--${option} must name a version (registry/name:1.2.3 or registry/name@sha256:…), got ${image || 'nothing'}`,
    de: `--${option} muss eine Version nennen (Registry/Name:1.2.3 oder Registry/Name@sha256:…), nicht ${image || 'nichts'}`,
  });
}
