import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { type ProtocolResponse, protocol } from 'electron';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://desk';

/** Must run before `ready`: gives app:// a real origin, so that storage, CSP and the frame check have something to hold on to. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

// Mantine writes style attributes and one style element; scripts come from our own files alone.
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

// On every answer, refusals included: a page made of one must not be the one place without a policy.
const GUARDS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const plain = (statusCode: number, text: string): ProtocolResponse => ({
  statusCode,
  headers: { 'content-type': 'text/plain', ...GUARDS },
  data: Buffer.from(text),
});

/**
 * Whether an address is the program's one page, whatever its query or hash. Compared by parts: to Node, unlike Chromium, a scheme
 * of our own has the origin `null`.
 */
export function isOurPage(address: string): boolean {
  try {
    const { protocol: scheme, host, username, password, pathname } = new URL(address);
    const ours = scheme === `${APP_SCHEME}:` && host === 'desk' && username === '' && password === '';
    return ours && (pathname === '/' || pathname === '/index.html');
  } catch {
    return false;
  }
}

/** The file that an app:// address names inside `rootDir`, or null when it names none of ours. */
export function fileFor(rootDir: string, address: string): string | null {
  const url = new URL(address);
  if (url.host !== 'desk') return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const root = resolve(rootDir);
  const file = resolve(root, `.${path === '/' ? '/index.html' : path}`);
  return file.startsWith(root + sep) && extname(file) in MIME ? file : null;
}

/**
 * Serves the built pages: GET only, nothing outside `rootDir`, a strict policy on every answer. `rest` is begun once the page is on
 * its way, and no script is handed out before it is done: the program loads while Chromium makes the page, and no page can ask what
 * nobody answers yet.
 *
 * By `registerBufferProtocol`, which is deprecated and in every Electron from 42 to 45: `protocol.handle` builds a Request, for which
 * Node loads its whole HTTP client on the way to the first picture (40 ms of each start; docs/benchmarks.md).
 */
export function serveApp(rootDir: string, rest: () => Promise<unknown>): void {
  protocol.registerBufferProtocol(APP_SCHEME, ({ method, url }, answer) => {
    if (method !== 'GET') return answer(plain(405, 'GET only'));
    const file = fileFor(rootDir, url);
    if (file === null) return answer(plain(404, 'Not found'));
    const send = () =>
      readFile(file).then(
        (data) => answer(found(file, data)),
        () => answer(plain(404, 'Not found')),
      );
    if (!isOurPage(url)) void rest().then(send);
    else void send().then(() => setImmediate(rest));
  });
}

const found = (file: string, data: Buffer): ProtocolResponse => ({
  statusCode: 200,
  headers: { 'content-type': MIME[extname(file)] ?? 'application/octet-stream', ...GUARDS },
  data,
});
