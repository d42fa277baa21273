import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ImportKind } from '../../../../electron/contract/imports.contract.ts';
import { correlationOf, invoke, Refusal, wordsOf } from '../../lib/api.ts';
import { type Held, heldOf, useHeld } from '../../lib/held.ts';
import { instantToLondon, londonToInstant } from '../../lib/london-time.ts';
import {
  type ImportEvent,
  type ImportFlow,
  INITIAL_FLOW,
  importFlow,
  isBusy,
  isTable,
  NOTHING_SAID,
  type OfferedFile,
  optionsOf,
} from './import-flow.ts';

const KEY = 'import-flow';

export interface ImportActions {
  readonly say: (event: ImportEvent) => void;
  readonly offer: (file: File) => void;
  readonly chooseKind: (kind: ImportKind) => void;
  readonly check: () => void;
  readonly apply: () => void;
}

/**
 * The import in hand and what can be done with it. It is kept while the person is elsewhere, so that a long import goes
 * on and tells its outcome also when they have been on another screen meanwhile.
 */
export const useImportFlow = (): readonly [ImportFlow, ImportActions] => {
  const client = useQueryClient();
  const [flow] = useHeld(KEY, INITIAL_FLOW);
  const actions = useMemo(() => actionsOn(heldOf(client, KEY, INITIAL_FLOW)), [client]);
  return [flow, actions];
};

const actionsOn = (held: Held<ImportFlow>): ImportActions => {
  const flow = held.get;
  const say = (event: ImportEvent): void => {
    held.change((now) => importFlow(now, event));
  };
  const refuse = (fileName: string) => (fault: unknown) => {
    if (fault instanceof Refusal && fault.code === 'CANCELLED') return say({ type: 'stopped' });
    const changed = fault instanceof Refusal && fault.code === 'FILE_CHANGED';
    say({
      type: 'refused',
      refusal: { fileName, message: wordsOf(fault), correlationId: correlationOf(fault), changed },
    });
  };
  const readTable = (file: OfferedFile, kind: ImportKind | null): void => {
    if (kind === null || !isTable(kind, file.name)) return;
    invoke('imports:inspectTable', { fileId: file.fileId, kind }).then((table) => {
      const takenAt = table.takenAt === null ? '' : instantToLondon(table.takenAt);
      say({ type: 'tableRead', fileId: file.fileId, table, takenAt });
      readDates();
    }, refuse(file.name));
  };
  /** Where the dates cannot be read to their end, the check says why: nothing is said twice. */
  const readDates = (): void => {
    const { step } = flow();
    if (step.at !== 'draft' || step.draft.kind === null || step.draft.dates !== null) return;
    const { file, kind, mapping, dateChoices } = step.draft;
    const asked = { fileId: file.fileId, kind, mapping };
    invoke('imports:readDates', { ...asked, dates: dateChoices }).then(
      ({ columns }) => say({ type: 'datesRead', asked, columns }),
      () => say({ type: 'datesRead', asked, columns: [] }),
    );
  };
  return {
    say: (event) => {
      say(event);
      if (event.type === 'map') readDates();
    },
    offer: (file) => {
      if (isBusy(flow())) return;
      say({ type: 'offer', fileName: file.name });
      invoke('imports:offerFile', file).then((offered) => {
        say({ type: 'offered', file: offered });
        readTable(offered, offered.looksLike);
      }, refuse(file.name));
    },
    chooseKind: (kind) => {
      const { step } = flow();
      if (step.at !== 'draft') return;
      say({ type: 'chooseKind', kind });
      readTable(step.draft.file, kind);
    },
    check: () => {
      const { step } = flow();
      if (step.at !== 'draft') return;
      const options = optionsOf(step.draft, NOTHING_SAID, londonToInstant);
      if (options === null) return;
      say({ type: 'check' });
      invoke('imports:preview', options).then(
        (preview) => say({ type: 'checked', preview }),
        refuse(step.draft.file.name),
      );
    },
    apply: () => {
      const { step } = flow();
      if (step.at !== 'checked') return;
      const options = optionsOf(step.draft, step.said, londonToInstant);
      if (options === null) return;
      say({ type: 'import' });
      invoke('imports:apply', { ...options, sha256: step.preview.sha256 }).then(
        (outcome) => say({ type: 'imported', outcome }),
        refuse(step.draft.file.name),
      );
    },
  };
};
