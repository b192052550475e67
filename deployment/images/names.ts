import { referenceSynapseVersion } from '../provider.ts';

/** Images of one deployment, as the engine names them. */
export interface ImageNames {
  readonly synapse: string;
  readonly postgres: string;
  readonly nginx: string;
}

export const publishedImages: ImageNames = {
  synapse: `ghcr.io/element-hq/synapse:v${referenceSynapseVersion}`,
  postgres: 'docker.io/library/postgres:17.6-bookworm',
  nginx: 'docker.io/library/nginx:1.28.0-bookworm',
};

/** What `pruefstand images build` makes where no registry can be reached; one image under three names. */
export const localImages: ImageNames = {
  synapse: `pruefstand/synapse:${referenceSynapseVersion}`,
  postgres: 'pruefstand/postgres:bookworm',
  nginx: 'pruefstand/nginx:bookworm',
};
