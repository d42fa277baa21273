import { setTimeout as pause } from 'node:timers/promises';
import type { PageLink } from './cdp.ts';

/** The program through its page: window.api as the screens use it, and real keys and clicks as Chromium delivers them. */

const API =
  'const ok = async (asked) => { const a = await asked; if (!a.ok) throw new Error(a.code + ": " + a.message); return a.data; };';

/** Calls one operation by the page's own bridge and answers its data; throws what it was refused with. */
export const call = <T>(page: PageLink, operation: string, input: object): Promise<T> => {
  const [area = '', verb = ''] = operation.split(':');
  return page.evaluate<T>(
    `(async () => { ${API} return ok(window.api.${area}.${verb}(${JSON.stringify(input)})); })()`,
  );
};

/** Gives the page a file as a person chooses one: `#bench-file` then holds it. */
export async function chooseFile(page: PageLink, file: string): Promise<void> {
  await page.evaluate(`(() => {
    document.querySelector('#bench-file')?.remove();
    const input = document.createElement('input');
    input.type = 'file'; input.id = 'bench-file'; input.hidden = true;
    document.body.append(input);
  })()`);
  const { root } = await page.send<{ root: { nodeId: number } }>('DOM.getDocument');
  const { nodeId } = await page.send<{ nodeId: number }>('DOM.querySelector', {
    nodeId: root.nodeId,
    selector: '#bench-file',
  });
  await page.send('DOM.setFileInputFiles', { files: [file], nodeId });
}

/** Chooses a file and runs it through preview and import. */
export async function importFile(page: PageLink, file: string, options: object): Promise<string> {
  await chooseFile(page, file);
  return page.evaluate<string>(`(async () => {
    ${API}
    const offered = await ok(window.api.imports.offerFile(document.querySelector('#bench-file').files[0]));
    const kind = offered.looksLike ?? 'oneforms';
    const table = kind === 'go' ? null : await ok(window.api.imports.inspectTable({ fileId: offered.fileId, kind }));
    const options = { fileId: offered.fileId, kind, mapping: table && table.suggestion, dates: null, takenAt: null,
      startingPosition: null, reason: null,
      ...${JSON.stringify(options)} };
    const { sha256 } = await ok(window.api.imports.preview(options));
    const { sentence } = await ok(window.api.imports.apply({ ...options, sha256 }));
    return sentence;
  })()`);
}

/** Waits until an expression in the page is true. */
export async function waitFor(page: PageLink, what: string, expression: string, seconds = 60): Promise<void> {
  const end = performance.now() + seconds * 1000;
  // A page that is being changed for the next one has nothing to evaluate in, and says so.
  while (!(await page.evaluate<boolean>(`Boolean(${expression})`).catch(() => false))) {
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await pause(100);
  }
}

export const SIGN_IN_FORM = 'document.querySelector("form input:not([type=password]):enabled")';
export const SIGNED_IN = 'document.querySelector("nav a")';
