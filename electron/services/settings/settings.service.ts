import type { Input, Output } from '../../contract/contract.ts';
import type { ActingContext } from '../ground/context.ts';
import type { OpenStore } from '../ground/open-store.ts';
import { record } from '../ground/record.ts';
import { readSettings, writeSettings } from '../ground/store-settings.ts';
import type { Vault } from '../session/index.ts';

export function getSettings(store: OpenStore, vault: Vault, problem: string | null): Output<'settings:get'> {
  const backups = vault.listBackups();
  return {
    settings: readSettings(store.access.settings),
    backup: { lastAt: backups.at(0)?.takenAt ?? null, kept: backups.length, problem },
  };
}

export function changeSettings({ store, clock, actor }: ActingContext, next: Input<'settings:change'>) {
  const { access } = store;
  return access.transaction(() => {
    const before = readSettings(access.settings);
    writeSettings(access.settings, next);
    record(access.ledger, clock, actor, {
      operation: 'settings.change',
      sentence: 'Changed the settings',
      detail: { before: { ...before }, after: { ...next } },
    });
    return { done: true } as const;
  });
}
