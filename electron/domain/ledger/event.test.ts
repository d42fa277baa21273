import { describe, expect, it } from 'vitest';
import { encodeEvent, type LedgerEvent } from './event.ts';

const event: LedgerEvent = {
  v: 1,
  seq: 7,
  at: '2026-11-20T17:04:02.000Z',
  actor: { id: 'u1', roles: ['officer'] },
  operation: 'request.approve',
  subject: { kind: 'request', id: 'r1' },
  outcome: 'done',
  detail: { from: 'authorised', to: 'approved' },
  personal: { beneficiary: { sha256: 'abc' } },
};
const read = (one: LedgerEvent): string => Buffer.from(encodeEvent(one)).toString('utf8');

describe('encodeEvent', () => {
  it('writes one canonical text', () => {
    expect(read(event)).toBe(
      '{"actor":{"id":"u1","roles":["officer"]},"at":"2026-11-20T17:04:02.000Z",' +
        '"detail":{"from":"authorised","to":"approved"},"operation":"request.approve","outcome":"done",' +
        '"personal":{"beneficiary":{"sha256":"abc"}},"seq":7,"subject":{"id":"r1","kind":"request"},"v":1}',
    );
    expect(read({ ...event, actor: null, subject: null })).toContain('"actor":null');
  });

  it('never lets a stray property of the caller reach the log', () => {
    const stray = { ...event, surname: 'Marker', actor: { id: 'u1', roles: [], surname: 'Marker' } };
    expect(
      read({ ...stray, personal: { x: { sha256: 'a', value: 'Marker' } as { sha256: string } } }),
    ).not.toContain('Marker');
  });

  it('refuses a position that cannot be', () => {
    expect(() => encodeEvent({ ...event, seq: -1 })).toThrow(RangeError);
  });
});
