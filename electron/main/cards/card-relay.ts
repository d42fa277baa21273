import type { BrowserWindow } from 'electron';
import { createCardHost } from '../../adapters/cards/card-host.ts';
import { serveCards, type ToCardHost } from '../../adapters/cards/card-relay.ts';
import type { CardPort } from '../../services/cards/card-port.ts';
import type { CoreHost } from '../core/core-host.ts';
import { startCardProcess } from './start-card-process.ts';

export interface CardRelay {
  /** For the core's listeners. */
  readonly onCard: (message: ToCardHost) => void;
}

/**
 * Has the card process for the core. It is started when the core names a module, and not before the window has shown: a card need
 * not be read while nobody sees it, and the first picture must not wait for a second process.
 * @param processFile the built `card-process.js`
 */
export function startCardRelay(core: CoreHost, window: BrowserWindow, processFile: string): CardRelay {
  const host: CardPort = createCardHost(() => startCardProcess(processFile));
  let hear: (message: ToCardHost) => void = () => undefined;
  serveCards(host, core.sendCard, (listener) => {
    hear = listener;
  });
  const early: ToCardHost[] = [];
  let hasShown = window.isDestroyed() || window.isVisible();
  const begin = (): void => {
    hasShown = true;
    for (const message of early.splice(0)) hear(message);
  };
  window.once('show', () => setImmediate(begin));
  // A window that is closed before it was ever shown still has a core that waits for its end, and needs no cards any more.
  window.once('closed', () => {
    early.splice(0, early.length, ...early.filter(({ type }) => type === 'close'));
    begin();
  });
  return {
    onCard: (message) => {
      if (hasShown) hear(message);
      else early.push(message);
    },
  };
}
