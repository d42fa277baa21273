/** What the officer does in ESR, click by click, with the values to copy. ESR has no interface a trust may write to. */
import type { IsoDate } from '../dates.ts';
import type { CatalogueEntry } from './catalogue.ts';

export interface KeyingValue {
  readonly label: string;
  readonly value: string;
}

export interface KeyingStep {
  readonly id: string;
  readonly instruction: string;
  readonly values: readonly KeyingValue[];
}

export interface KeyingFacts {
  readonly entry: CatalogueEntry;
  readonly vpd: string;
  /** Null when the extract shows no ESR user for the person. */
  readonly username: string | null;
  readonly employeeNumber: string;
  readonly assignmentNumber: string;
  readonly startDate: IsoDate;
  readonly endDate: IsoDate | null;
  readonly environment: 'LIVE' | 'TPLY';
}

export function keyingSteps(_facts: KeyingFacts): readonly KeyingStep[] {
  throw new Error('not written yet');
}
