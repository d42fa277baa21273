import { contextBridge, ipcRenderer, webUtils } from 'electron';

declare const __OPERATIONS__: readonly string[];
declare const __FILE_OPERATIONS__: readonly string[];
declare const __EVENTS__: readonly string[];

type Areas = Record<string, Record<string, (input: unknown) => Promise<unknown>>>;

// Fixed functions, one an operation: the page can name no channel of its own. A file's path is read here from the File that the
// person chose, so a page cannot ask for a path it made up.
const areas: Areas = {};
for (const name of __OPERATIONS__) {
  const [area = '', verb = ''] = name.split(':');
  const takesFile = __FILE_OPERATIONS__.includes(name);
  const group = areas[area] ?? {};
  group[verb] = (input) =>
    ipcRenderer.invoke(
      name,
      takesFile ? { path: input instanceof File ? webUtils.getPathForFile(input) : '' } : input,
    );
  areas[area] = group;
}

contextBridge.exposeInMainWorld('api', {
  ...areas,
  on: (event: string, listener: (payload: unknown) => void) => {
    if (!__EVENTS__.includes(event)) throw new TypeError('No such event');
    const forward = (_: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(event, forward);
    return () => ipcRenderer.off(event, forward);
  },
});
