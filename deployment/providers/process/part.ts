import type { Guard } from '../../guard/guard.ts';
import type { DeployOptions } from '../../provider.ts';
import type { Addresses } from './addresses.ts';

/** What every part of one deployment is started with. */
export interface Part {
  /** Folder of this try; removed with the run's folder. */
  readonly directory: string;
  readonly guard: Guard;
  readonly options: DeployOptions;
  readonly addresses: Addresses;
}
