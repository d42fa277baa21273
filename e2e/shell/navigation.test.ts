import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, launchDesk } from '../support/launch-desk.ts';
import './window-api.ts';

declare global {
  /** In the main process: what the program did about each attempt. */
  var deskNotes: string[];
  /** In the page: gone as soon as another document takes its place. */
  var stillHere: boolean | undefined;
  /** In the page: what was dragged over it and dropped on it. */
  var dropped: string[] | undefined;
}

let desk: Desk;
beforeAll(async () => {
  desk = await launchDesk();
  await desk.page.getByRole('heading', { level: 1 }).waitFor();
  await desk.app.evaluate(({ app, BrowserWindow, shell }) => {
    globalThis.deskNotes = [];
    const note = (what: string): void => {
      globalThis.deskNotes.push(what);
    };
    // The one stand-in: there is no browser here for an address to be handed to.
    shell.openExternal = async (address) => note(`outside ${address}`);
    app.on('browser-window-created', () => note('new window'));
    app.on('web-contents-created', () => note('new page'));
    const [window] = BrowserWindow.getAllWindows();
    const contents = window?.webContents;
    // Said for every frame, before "will-navigate", which is not said once this one has been refused.
    contents?.on('will-frame-navigate', (event) =>
      note(`${event.defaultPrevented ? 'refused' : 'let'} ${event.url}`),
    );
    contents?.on('did-navigate', (_, url) => note(`went ${url}`));
    contents?.on('did-frame-navigate', (_, url, _code, _text, isMainFrame) => {
      if (!isMainFrame && url !== 'about:blank') note(`frame went ${url}`);
    });
    contents?.on('console-message', (event) => {
      if (event.level === 'error') note(`refused by Chromium: ${event.message}`);
    });
  });
});
afterAll(() => desk?.close({ forget: true }));

const witnessed = () => desk.app.evaluate(() => [...globalThis.deskNotes]);
const windows = () => desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
const pages = () => desk.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);

beforeEach(async () => {
  await desk.app.evaluate(() => {
    globalThis.deskNotes = [];
  });
  await desk.page.evaluate(() => {
    globalThis.stillHere = true;
  });
});

/** The page is the one it was, document and address, and can still work. */
async function expectToBeStillHere(): Promise<void> {
  expect(await desk.page.evaluate(() => [globalThis.stillHere, location.href])).toEqual([
    true,
    'app://desk/index.html',
  ]);
  expect((await desk.page.evaluate(() => window.api.app.getTheme({}))).ok).toBe(true);
  expect([await windows(), await pages()]).toEqual([1, 1]);
}

/** Waits until the program has said something about the attempt, which is then a refusal. */
async function expectRefusal(): Promise<void> {
  await expect.poll(witnessed, { timeout: 10_000 }).not.toEqual([]);
  const all = await witnessed();
  expect(all.filter((what) => !what.startsWith('refused'))).toEqual([]);
  await expectToBeStillHere();
}

const ELSEWHERE = [
  'https://example.invalid/',
  'http://127.0.0.1:9/',
  'file:///etc/passwd',
  'data:text/html,<h1>A stranger</h1>',
  'app://other/index.html',
  'app://desk/assets/nothing.js',
  'app://desk/..%2fmain%2findex.js',
  'smb://server/share',
  'ms-msdt:/id',
  'chrome://gpu/',
] as const;

describe('the window', () => {
  test.each(ELSEWHERE)('does not go to %s by its address', async (address) => {
    await desk.page.evaluate((to) => {
      setTimeout(() => {
        location.href = to;
      });
    }, address);
    await expectRefusal();
  });

  test.each(ELSEWHERE)('does not go to %s by a link', async (address) => {
    await desk.page.evaluate((to) => {
      const link = document.createElement('a');
      link.id = 'attack';
      link.href = to;
      link.textContent = 'attack';
      link.style.cssText = 'position:fixed;inset:0;z-index:9999;background:#fff';
      document.body.append(link);
    }, address);
    await desk.page.mouse.click(200, 200);
    await desk.page.evaluate(() => document.getElementById('attack')?.remove());
    await expectRefusal();
  });

  test('does not go anywhere by a form, whatever its method', async () => {
    for (const method of ['get', 'post']) {
      await desk.page.evaluate((how) => {
        const form = document.createElement('form');
        form.method = how;
        form.action = 'https://example.invalid/take';
        const field = document.createElement('input');
        field.name = 'secret';
        field.value = 'what the page knows';
        form.append(field);
        document.body.append(form);
        setTimeout(() => {
          form.submit();
          form.remove();
        });
      }, method);
      await expectRefusal();
    }
  });

  test('does not go anywhere by a meta refresh', async () => {
    await desk.page.evaluate(() => {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'refresh';
      meta.content = '0;url=https://example.invalid/';
      document.head.append(meta);
      setTimeout(() => meta.remove(), 0);
    });
    await expectRefusal();
  });

  test('does not go anywhere by replace, by open or by a stranger’s base', async () => {
    await desk.page.evaluate(() => setTimeout(() => location.replace('https://example.invalid/replaced')));
    await expectRefusal();
    await desk.page.evaluate(() => setTimeout(() => window.open('https://example.invalid/self', '_self')));
    await expectRefusal();
    const resolved = await desk.page.evaluate(() => {
      const base = document.createElement('base');
      base.href = 'https://example.invalid/';
      document.head.append(base);
      const link = document.createElement('a');
      link.href = 'queue';
      base.remove();
      const { baseURI } = document;
      return baseURI;
    });
    expect(resolved).toBe('app://desk/index.html');
  });

  test('cannot write another address into its history, nor go back to one', async () => {
    const thrown = await desk.page.evaluate(() =>
      ['https://example.invalid/', 'app://other/', 'file:///etc/passwd'].map((address) => {
        try {
          history.pushState(null, '', address);
          return 'written';
        } catch (error) {
          return (error as Error).name;
        }
      }),
    );
    expect(new Set(thrown)).toEqual(new Set(['SecurityError']));
    const before = await desk.page.evaluate(() => {
      history.back();
      return history.length;
    });
    expect(before).toBe(1);
    await expectToBeStillHere();
  });

  test('does not follow a redirect, even of a page that the program itself had asked for', async () => {
    const ended = await desk.app.evaluate(async ({ BrowserWindow, session }) => {
      const own = session.fromPartition('redirect');
      const asked: string[] = [];
      own.protocol.handle('https', (request) => {
        asked.push(new URL(request.url).pathname);
        return request.url.endsWith('/start')
          ? new Response(null, { status: 302, headers: { location: 'https://example.invalid/landed' } })
          : new Response('<h1>A stranger</h1>', { headers: { 'content-type': 'text/html' } });
      });
      const window = new BrowserWindow({ show: false, webPreferences: { session: own, sandbox: true } });
      const load = async (path: string): Promise<string> => {
        await window.loadURL(`https://example.invalid${path}`).catch(() => undefined);
        return window.webContents.getURL();
      };
      const redirected = await load('/start');
      const straight = await load('/control');
      window.destroy();
      return { redirected, straight, asked };
    });
    expect(ended.redirected).not.toContain('landed');
    expect(ended.straight).toBe('https://example.invalid/control');
    expect(ended.asked).toEqual(['/start', '/control']);
  });
});

describe('a new window', () => {
  const open = (address: string) => desk.page.evaluate((to) => window.open(to) === null, address);

  test.each(['https://www.esr.nhs.uk/help', 'mailto:service.desk@example.invalid?subject=Form'])(
    'is not made for %s, which the system’s own program is given',
    async (address) => {
      expect(await open(address)).toBe(true);
      await expect.poll(witnessed).toEqual([`outside ${address}`]);
      await expectToBeStillHere();
    },
  );

  test('is not made by a link for a new window either, and the link goes to the browser', async () => {
    await desk.page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'https://www.esr.nhs.uk/link';
      link.target = '_blank';
      document.body.append(link);
      link.click();
      link.remove();
    });
    await expect.poll(witnessed).toEqual(['outside https://www.esr.nhs.uk/link']);
    await expectToBeStillHere();
  });

  test.each([
    'http://example.invalid/',
    'file:///etc/passwd',
    'file://server/share/evil.exe',
    'javascript:alert(1)',
    'data:text/html,<h1>A stranger</h1>',
    'smb://server/share',
    'ms-msdt:/id PCWDiagnostic',
    'search-ms:query=evil',
    'vscode://file/etc/passwd',
    'chrome://gpu/',
    'devtools://devtools/bundled/inspector.html',
    'app://desk/index.html',
    'app://other/index.html',
    'about:blank',
    '',
    '\\\\server\\share\\evil.exe',
    'HTTPS:evil',
  ])('is not made for “%s”, and nobody outside is told', async (address) => {
    await desk.page.evaluate((to) => {
      try {
        window.open(to);
      } catch {
        // An address that is none is refused by the browser.
      }
    }, address);
    // The handler hears of windows in order: once this one has been handed on, the one before it was decided.
    await open('https://www.esr.nhs.uk/after');
    await expect.poll(witnessed).toContain('outside https://www.esr.nhs.uk/after');
    const all = await witnessed();
    expect(all.filter((what) => /^outside|^new|^went/.test(what))).toEqual(
      address === 'HTTPS:evil'
        ? ['outside https://evil/', 'outside https://www.esr.nhs.uk/after']
        : ['outside https://www.esr.nhs.uk/after'],
    );
    await expectToBeStillHere();
  });
});

describe('a page inside the page', () => {
  test('is not made by the webview tag', async () => {
    const tag = await desk.page.evaluate(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'https://example.invalid/');
      view.setAttribute('nodeintegration', '');
      document.body.append(view);
      const found = {
        load: 'loadURL' in view,
        inner: view.childNodes.length + (view.shadowRoot === null ? 0 : 1),
      };
      view.remove();
      return found;
    });
    expect(tag).toEqual({ load: false, inner: 0 });
    await expectToBeStillHere();
  });

  test.each([
    'https://example.invalid/',
    'file:///etc/passwd',
    'data:text/html,<h1>A stranger</h1>',
    'app://desk/index.html',
    'app://desk/assets/nothing.js',
  ])('is not filled with %s', async (address) => {
    await desk.page.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.id = 'attack';
      frame.src = src;
      document.body.append(frame);
    }, address);
    await expect.poll(witnessed).not.toEqual([]);
    const shown = await desk.page.evaluate(() => {
      const frame = document.getElementById('attack') as HTMLIFrameElement;
      let text = '';
      try {
        text = frame.contentDocument?.body.textContent ?? '';
      } catch {
        // Chromium's own page of refusal is of another origin.
      }
      frame.remove();
      return text;
    });
    expect(shown).toBe('');
    const all = await witnessed();
    expect(all.filter((what) => what.startsWith('let'))).toEqual([]);
    expect(all.filter((what) => what.startsWith('refused')).length).toBeGreaterThan(0);
    await expectToBeStillHere();
  });
});

test('a file dropped on the window opens nothing', async () => {
  const client = await desk.page.context().newCDPSession(desk.page);
  await desk.page.evaluate(() => {
    globalThis.dropped = [];
    // The control: the page hears that the file came, and does nothing about it, which is when Chromium would open it.
    for (const type of ['dragover', 'drop'] as const) {
      window.addEventListener(type, (event) =>
        globalThis.dropped?.push(`${type} ${event.dataTransfer?.types}`),
      );
    }
  });
  const data = { items: [], files: ['/etc/passwd'], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await client.send('Input.dispatchDragEvent', { type, x: 300, y: 60, data });
  }
  await expect.poll(() => desk.page.evaluate(() => globalThis.dropped)).toContain('dragover Files');
  await expectToBeStillHere();
  expect((await witnessed()).filter((what) => /^went|^let|^new/.test(what))).toEqual([]);
});
