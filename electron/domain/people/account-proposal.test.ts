import { describe, expect, it } from 'vitest';
import { namesInUsername, proposeHolder } from './account-proposal.ts';

const ANN = { employeeNumber: '10000002', name: 'Ann Able' };
const BOB = { employeeNumber: '10000003', name: 'Bob Baker' };
const none = { stated: [], statedOn: null, fitting: [] };

describe('whose an account may be', () => {
  it('is whom ESR’s exports named with it, before whose name it fits', () => {
    expect(proposeHolder({ stated: [ANN], statedOn: '9 Nov 2026', fitting: [BOB] })).toEqual({
      person: ANN,
      stated: true,
      why: 'ESR’s export of 9 Nov 2026 named Ann Able (10000002) with this account.',
    });
    expect(proposeHolder({ ...none, fitting: [BOB] })).toMatchObject({ person: BOB, stated: false });
  });

  it('is not to be confirmed where nobody in the register has the number that ESR named', () => {
    const stranger = { employeeNumber: '20999999', name: null };
    const proposal = proposeHolder({ stated: [stranger], statedOn: '9 Nov 2026', fitting: [BOB] });
    expect(proposal).toEqual({
      person: null,
      stated: false,
      why: 'ESR’s export of 9 Nov 2026 named 20999999 with this account, and nobody in the register has that number: import a newer GO file, or look it up in ESR.',
    });
    expect(proposeHolder({ ...none, stated: [stranger, ANN] }).why).toContain(
      '20999999 and Ann Able (10000002)',
    );
  });

  it('is nobody’s to say where two fit', () => {
    for (const facts of [{ ...none, stated: [ANN, BOB] }, { ...none, fitting: [ANN, BOB] }, none]) {
      expect(proposeHolder(facts)).toMatchObject({ person: null, stated: false });
    }
    expect(proposeHolder({ ...none, stated: [ANN, BOB], fitting: [ANN] }).person).toBeNull();
  });

  it('reads names out of an account’s, either way round', () => {
    expect(namesInUsername('919AABLE01')).toEqual([
      { initial: 'A', last: 'ABLE' },
      { initial: 'E', last: 'AABL' },
    ]);
    for (const other of ['SYSADMIN', '919A01', '919AABLE', '919AÉBLE01', ''])
      expect(namesInUsername(other)).toEqual([]);
  });
});
