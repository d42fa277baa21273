import type { StoreName } from '../../contract/session.contract.ts';
import type { StoreAccess } from './ports.ts';
import type { RegisterReader } from './register-reader.ts';

export interface StoreDescription {
  readonly name: StoreName;
  readonly trustName: string;
  readonly vpd: string;
  readonly environment: 'LIVE' | 'TPLY';
}

/** An open store: what the services work on. */
export interface OpenStore {
  readonly description: StoreDescription;
  readonly access: StoreAccess;
  readonly register: RegisterReader;
}
