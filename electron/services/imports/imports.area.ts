import { defineArea, type Ground } from '../ground/define-area.ts';
import { listImports, listSources } from '../register/index.ts';
import type { ImportOperations } from './operations.ts';
import { takeStartingPosition } from './starting-position.service.ts';

export const importsArea = defineArea({
  name: 'imports',
  handlers: ({ at, store, clock, imports }: Ground & { readonly imports: ImportOperations }) => ({
    'imports:offerFile': (input) => imports.offerFile(input),
    'imports:inspectTable': (input) => imports.inspectTable(input),
    'imports:readDates': (input) => imports.readDates(input),
    'imports:preview': (input) => imports.preview(input),
    'imports:apply': (input) => imports.apply(at(), input),
    'imports:takeStartingPosition': (input) => takeStartingPosition(at(), input),
    'imports:whatRestsOn': (input) => imports.restsOn(input),
    'imports:undo': (input) => imports.undo(at(), input),
    'imports:list': (input) => listImports(store(), input),
    'imports:sources': () => listSources(store(), clock),
  }),
});
