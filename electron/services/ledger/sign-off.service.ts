import type { Input, Output } from '../../contract/contract.ts';
import { LEDGER_SUBJECT } from '../../contract/signing.contract.ts';
import { signOffText } from '../../domain/ledger/sign-off-text.ts';
import type { ActingContext } from '../ground/context.ts';
import type { SettingRepository } from '../ground/ports.ts';
import { recordSigned, type Signed } from '../ground/record.ts';
import { ServiceError } from '../ground/service-error.ts';
import { isObject } from '../ground/store-settings.ts';
import { type LastVerification, readLastVerification } from './last-verification.ts';

type Review = Omit<Input<'ledger:signOff'>, 'signature'>;

const KEY = 'ledger-signed-off';

/** The words that a sign-off signs. Throws where the ledger was not just found whole, or another than was seen. */
export function signOffWords({ store, actor }: ActingContext, review: Review): string {
  const { settings } = store.access;
  const { at: verifiedAt, size, rootHash } = verified(settings, review);
  return signOffText({
    trust: store.description.trustName,
    environment: store.description.environment,
    size,
    rootHash,
    verifiedAt,
    before: lastSignOff(settings),
    reviewed: review.reviewed,
    by: actor,
  });
}

export function signOff(
  { store, clock, actor }: ActingContext,
  review: Review,
  signed: Signed | null,
): Output<'ledger:signOff'> {
  const { access } = store;
  return access.transaction(() => {
    const { at: verifiedAt, size, rootHash } = verified(access.settings, review);
    access.settings.write(KEY, { at: clock.now(), size });
    const happening = {
      operation: 'ledger.signOff',
      subject: { kind: 'ledger', id: LEDGER_SUBJECT },
      sentence: `Signed off the audit log: ${size.toLocaleString('en-GB')} events, root ${rootHash.slice(0, 16)}…`,
      detail: { size, rootHash, verifiedAt },
      personal: { reviewed: review.reviewed },
    };
    recordSigned(access, clock, actor, happening, signed);
    return { done: true };
  });
}

function verified(settings: SettingRepository, review: Review): LastVerification {
  const last = readLastVerification(settings);
  if (last === null || !last.sound) {
    throw new ServiceError(
      'REFUSED',
      last === null
        ? 'The ledger was not verified yet. Verify it, then sign off.'
        : 'The ledger was not found whole when it was last verified, so it cannot be signed off. Tell the system owner.',
    );
  }
  if (last.size !== review.size || last.rootHash !== review.rootHash) {
    throw new ServiceError(
      'STALE',
      'The ledger was verified again since. Look at what it said, then sign off.',
    );
  }
  return last;
}

function lastSignOff(settings: SettingRepository): { readonly size: number; readonly at: string } | null {
  const noted = settings.read(KEY);
  if (!isObject(noted) || typeof noted.at !== 'string' || typeof noted.size !== 'number') return null;
  return { size: noted.size, at: noted.at };
}
