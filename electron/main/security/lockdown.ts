import { app, type Session, shell, type WebContents } from 'electron';
import { isOurPage } from './app-protocol.ts';

/** Only a web page or a mail may leave the program, and only by the system's own browser or mail program. */
export function externalAddress(address: string): string | null {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'mailto:' ? url.href : null;
  } catch {
    return null;
  }
}

/** Denies by default, for every page that will ever be made: navigation, redirects, windows, webviews, permissions, downloads. */
export function lockDown(onDenied: (what: string) => void): void {
  // The pages need no other computer. What the content policy does not reach (WebRTC, name lookups ahead of time) ends here.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.on('web-contents-created', (_, contents) => lockDownPage(contents, onDenied));
  app.on('session-created', (session) => lockDownSession(session, onDenied));
}

function lockDownPage(contents: WebContents, onDenied: (what: string) => void): void {
  const deny = (what: string) => (event: { preventDefault: () => void }) => {
    event.preventDefault();
    onDenied(what);
  };
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.on('will-navigate', (event) => {
    if (!isOurPage(event.url)) deny('navigation')(event);
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurPage(event.url)) deny('navigation')(event);
  });
  contents.on('will-redirect', deny('redirect'));
  contents.on('will-attach-webview', deny('webview'));
  contents.setWindowOpenHandler(({ url }) => {
    const outside = externalAddress(url);
    if (outside === null) onDenied('window');
    else void shell.openExternal(outside);
    return { action: 'deny' };
  });
}

function lockDownSession(session: Session, onDenied: (what: string) => void): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    onDenied(`permission ${permission}`);
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  // WebRTC still calls relays over TCP by their number, but through the proxy: one that nobody answers at.
  void session.setProxy({ proxyRules: 'socks5://0.0.0.0:1', proxyBypassRules: '<-loopback>' });
  session.on('will-download', (event) => {
    event.preventDefault();
    onDenied('download');
  });
}
