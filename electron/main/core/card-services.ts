import { randomBytes } from 'node:crypto';
import { createRevocationReader } from '../../adapters/certificates/revocation-files.ts';
import { DECIDED_FUSES, readFuses } from '../../adapters/program/fuses.ts';
import type { EventName, EventPayload } from '../../contract/contract.ts';
import type { SessionState } from '../../contract/session.contract.ts';
import { wordsToSign } from '../../services/areas.ts';
import { type CardService, createCardService } from '../../services/cards/card.service.ts';
import type { CardPort } from '../../services/cards/card-port.ts';
import type { CertificateTools } from '../../services/cards/certificate-port.ts';
import type { ServiceContext } from '../../services/ground/ports.ts';
import type { WriteGate } from '../../services/ground/write-gate.ts';
import {
  createSecurityService,
  type SecurityFacts,
  type SecurityService,
} from '../../services/security/security.service.ts';
import type { SessionService } from '../../services/session/session.service.ts';
import { createSigningService } from '../../services/signing/signing.service.ts';
import type { CoreStart } from './messages.ts';
import type { CoreVault } from './vault.ts';

/** Where nothing relays cards (a test, say) there are none. */
const NO_CARDS: CardPort = {
  now: () => ({ module: { state: 'off', name: null }, readers: [] }),
  onChange: () => () => undefined,
  configure: () => undefined,
  sign: async () => ({ ok: false, reason: 'module-failed', tries: 'unknown' }),
  close: async () => undefined,
};

interface Parts {
  readonly context: ServiceContext;
  readonly vault: CoreVault;
  readonly session: SessionService;
  readonly gate: WriteGate;
}

/** The services around cards and signatures, over their adapters. */
export function createCardServices(
  { start, cards: port = NO_CARDS }: { readonly start: CoreStart; readonly cards?: CardPort },
  { context, vault, session, gate }: Parts,
) {
  const { presence } = session;
  const ports = {
    clock: context.clock,
    vault,
    cards: port,
    certificates: loadCertificates(),
    readRevocation: createRevocationReader(context.clock.now),
    random: (length: number) => randomBytes(length),
  };
  const cards = createCardService({ ...ports, presence, gate });
  const { reading, proof } = cards;
  const signing = createSigningService({
    ...ports,
    proof,
    reading,
    words: wordsToSign,
    sha256: context.sha256,
    newId: context.ids.next,
  });
  const facts = securityFacts(vault, start);
  const security = createSecurityService({ ...ports, gate, presence, reading, facts });
  return { cards, signing, security };
}

function loadCertificates(): () => Promise<CertificateTools> {
  let loading: Promise<CertificateTools> | null = null;
  return () => {
    loading ??= import('../../adapters/certificates/certificate-tools.ts').then((m) =>
      m.createCertificateTools(),
    );
    return loading;
  };
}

function securityFacts(vault: CoreVault, start: CoreStart): SecurityFacts {
  return {
    cipher: () => {
      const ask = (name: string): unknown => vault.connection().pragma(name, { simple: true });
      return { name: String(ask('cipher')), scheme: Number(ask('legacy')) };
    },
    fuses: async () => {
      if (start.packagedAs === null) return null;
      return (await readFuses(start.packagedAs)) === DECIDED_FUSES ? 'as-decided' : 'altered';
    },
  };
}

interface Watched {
  readonly cards: CardService;
  readonly security: SecurityService;
  readonly session: SessionService;
  readonly port: CardPort | undefined;
  readonly tell: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
  readonly onException: (error: unknown, operation: string, correlationId: string) => void;
}

/**
 * Tells the screens of cards that come and go, and locks for one that was taken out. Answers who must be told of each change of
 * the session: another store has other card settings, and an open one knows what they should be.
 */
export function watchCards(watched: Watched): (state: SessionState) => void {
  const { cards, security, session, port = NO_CARDS, tell, onException } = watched;
  const failed = (error: unknown) => onException(error, 'cards', '');
  let telling = false;
  let again = false;
  // One telling at a time, and one more for all that changed meanwhile: what was read first, and took longer, must not be told last.
  const tellCards = async () => {
    again = true;
    if (telling) return;
    telling = true;
    while (again) {
      again = false;
      await Promise.resolve();
      const told = cards.getState().then((state) => tell('cards:changed', state));
      await told.catch(failed);
    }
    telling = false;
  };
  port.onChange(() => {
    if (cards.locksBecause()) void session.leave('card-removed').catch(failed);
    void tellCards();
  });
  let last = '';
  return ({ store, user }) => {
    const now = `${store} ${user === null ? 'closed' : 'open'}`;
    if (now === last) return;
    last = now;
    const renewed =
      user === null ? cards.reading.refresh() : security.restoreCardSettings(session.requireSession().store);
    void renewed.then(tellCards).catch(failed);
  };
}
