import { randomBytes } from 'node:crypto';

/** Made anew for every deployment and known to nobody else. */
export interface Secrets {
  readonly registration: string;
  readonly macaroon: string;
  readonly form: string;
  readonly replication: string;
  /** With it the bench speaks as its application service. */
  readonly applicationService: string;
  readonly homeserver: string;
  /** Content of Synapse's signing key file. */
  readonly signingKey: string;
}

export function createSecrets(): Secrets {
  const secret = () => randomBytes(24).toString('hex');
  const seed = randomBytes(32).toString('base64').replace(/=+$/, '');
  return {
    registration: secret(),
    macaroon: secret(),
    form: secret(),
    replication: secret(),
    applicationService: secret(),
    homeserver: secret(),
    signingKey: `ed25519 a_bench ${seed}\n`,
  };
}
