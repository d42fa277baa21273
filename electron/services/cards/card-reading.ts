import type { CardInReader, CardsState } from '../../contract/cards.contract.ts';
import type { Clock } from '../ground/ports.ts';
import { ServiceError } from '../ground/service-error.ts';
import type { CardKey, CardSettingsBeside, Vault } from '../session/index.ts';
import type { CardModule, CardPort, CardToken } from './card-port.ts';
import { DEFAULT_CARD_SETTINGS } from './card-settings.ts';
import type { CertificateRules, JudgedCard, LoadCertificates, RevocationFile } from './certificate-port.ts';

export interface CardReadingOptions {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly cards: CardPort;
  readonly certificates: LoadCertificates;
  readonly readRevocation: (file: string) => Promise<RevocationFile>;
}

/** A card in a reader with what stands for and against it. */
export interface ReadCard {
  readonly token: CardToken;
  readonly readerName: string;
  readonly judged: JudgedCard;
  /** The chosen certificate; null where there is none. */
  readonly certificate: { readonly keyId: string; readonly der: Uint8Array } | null;
}

export type CardReading = ReturnType<typeof createCardReading>;

const LISTS_KEPT_MS = 600_000;

/** Which cards are in the readers, and what they are worth by this store's settings. */
export function createCardReading(options: CardReadingOptions) {
  const { clock, vault, cards } = options;
  let settings: CardSettingsBeside = DEFAULT_CARD_SETTINGS;
  let altered = false;
  let first: Promise<void> | null = null;
  let lists: { readonly at: number; readonly files: readonly RevocationFile[] } | null = null;

  const readSettings = async (): Promise<void> => {
    const found = vault.selected() === null ? { state: 'none' as const } : await vault.cardSettings();
    settings = found.state === 'present' ? found.settings : DEFAULT_CARD_SETTINGS;
    altered = found.state === 'altered';
    lists = null;
    cards.configure(settings.modulePaths);
  };
  /** Reads the settings beside the chosen store; to be called whenever store or settings may be others. */
  const refresh = (): Promise<void> => {
    const reading = readSettings();
    first = reading;
    // A failure is not kept: the keychain that is locked now is opened later, and then cards are to be seen.
    reading.catch(() => {
      if (first === reading) first = null;
    });
    return reading;
  };
  /**
   * Whoever asks first has them read. A reading that somebody else began may have met a keychain that was still locked: who came after
   * it has them read once more before it is told that they cannot be.
   */
  const ready = async (): Promise<void> => {
    if (first === null) return refresh();
    await first.catch(() => first ?? refresh());
  };

  const rulesNow = async (): Promise<CertificateRules> => {
    await ready();
    const now = Date.parse(clock.now());
    if (lists === null || now - lists.at > LISTS_KEPT_MS) {
      lists = { at: now, files: await Promise.all(settings.revocationLists.map(options.readRevocation)) };
    }
    const { trustAnchors, subjectRule } = settings;
    return { trustAnchors, subjectRule, revocationLists: lists.files };
  };

  const judge = async (token: CardToken, readerName: string, rules: CertificateRules): Promise<ReadCard> => {
    const certificates = await options.certificates();
    const ders = token.certificates.map(({ der }) => der);
    const judged = certificates.judge(ders, rules, clock.now());
    const certificate = judged.chosen === null ? null : (token.certificates[judged.chosen] ?? null);
    return { token, readerName, judged, certificate };
  };

  const fingerprintOf = async (der: Uint8Array) => (await options.certificates()).keyFingerprint(der);
  const shown = async ({ token, readerName, judged, certificate }: ReadCard): Promise<CardInReader> => ({
    readerId: token.readerId,
    readerName,
    label: token.label,
    uuid: judged.uuid,
    standing: judged.standing,
    sentence: judged.sentence,
    expiresAt: judged.expiresAt,
    tries: token.tries,
    ownKeypad: token.ownKeypad,
    enrolment:
      judged.uuid === null || certificate === null || vault.selected() === null
        ? 'none'
        : await enrolmentOf({
            uuid: judged.uuid,
            keyFingerprint: await fingerprintOf(certificate.der),
          }),
  });
  /** A keychain that is locked hides no card: who decides with one that is in need not open the store. */
  const enrolmentOf = async (card: CardKey): Promise<CardInReader['enrolment']> => {
    try {
      return await vault.cardEnrolment(card);
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'KEY_STATE') return 'unknown';
      throw error;
    }
  };

  return {
    refresh,
    rulesNow,
    removalLocks: () => settings.removalLocks,
    /** The card of that reader as it is now; null when it is not there any more. */
    read: async (readerId: string): Promise<ReadCard | null> => {
      const reader = cards.now().readers.find(({ token }) => token?.readerId === readerId);
      return reader?.token ? judge(reader.token, reader.name, await rulesNow()) : null;
    },
    state: async (): Promise<CardsState> => {
      const rules = await rulesNow();
      const { module, readers } = cards.now();
      const all: CardsState['readers'] = [];
      for (const { name, token } of readers.slice(0, 16)) {
        all.push({ name, card: token === null ? null : await shown(await judge(token, name, rules)) });
      }
      // Altered settings are not used, and the way in by card must still say why it does not work.
      const state = altered ? 'failed' : module.state;
      return { module: { ...module, state, sentence: moduleWords(module, altered) }, readers: all };
    },
  };
}

function moduleWords({ state }: CardModule, altered: boolean): string {
  if (altered) {
    return 'The card settings of this PC were altered outside the program, so no card is read. Sign in by password; an owner saves them again under Security.';
  }
  switch (state) {
    case 'off':
      return 'Smartcards are not set up on this PC. An owner sets them up under Security.';
    case 'starting':
      return 'Looking for card readers.';
    case 'ready':
      return '';
    case 'missing':
      return 'The card software is not where the settings say. Have it installed, or ask an owner to mend its path under Security.';
    case 'failed':
      return 'The card software does not start. Restart the PC; if it fails again, tell IT.';
    case 'hung':
      return 'The card software did not answer and was stopped. Take the card out and put it in again; if it stops again, tell IT.';
  }
}
