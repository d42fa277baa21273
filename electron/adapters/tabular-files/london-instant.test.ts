import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { londonToInstant } from './london-instant.ts';

/** A PC may be set to any of these; the program's London times may not depend on it. */
const ZONES = [
  'Europe/London',
  'UTC',
  'America/New_York',
  'Pacific/Auckland',
  'Asia/Kolkata',
  'Pacific/Apia',
] as const;

const CASES = [
  ['2026-01-15T07:15:00', '2026-01-15T07:15:00.000Z'],
  ['2026-06-15T07:15:00', '2026-06-15T06:15:00.000Z'],
  // The hour that October repeats is the first of the two: 00:30 UTC on the last Sunday of October.
  ['2026-10-25T00:59:59', '2026-10-24T23:59:59.000Z'],
  ['2026-10-25T01:00:00', '2026-10-25T00:00:00.000Z'],
  ['2026-10-25T01:30:00', '2026-10-25T00:30:00.000Z'],
  ['2026-10-25T02:00:00', '2026-10-25T02:00:00.000Z'],
  ['2026-10-25T02:30:00', '2026-10-25T02:30:00.000Z'],
  // The hour that March skips moves on.
  ['2026-03-29T00:59:59', '2026-03-29T00:59:59.000Z'],
  ['2026-03-29T01:30:00', '2026-03-29T01:30:00.000Z'],
  ['2026-03-29T02:00:00', '2026-03-29T01:00:00.000Z'],
  // The clocks of other places change on these days.
  ['2026-03-08T02:30:00', '2026-03-08T02:30:00.000Z'],
  ['2026-11-01T01:30:00', '2026-11-01T01:30:00.000Z'],
  ['2026-04-05T02:30:00', '2026-04-05T01:30:00.000Z'],
  ['2011-12-30T12:00:00', '2011-12-30T12:00:00.000Z'],
  ['1970-06-01T00:00:00', '1970-05-31T23:00:00.000Z'],
] as const;

/** Everything in the program that goes between instants and London's clock, in a process set to another zone. */
const SCRIPT = (root: string) => `
import { londonToInstant } from '${root}electron/adapters/tabular-files/london-instant.ts';
import { londonDate, showInstant } from '${root}electron/domain/dates.ts';
import * as box from '${root}renderer/src/lib/london-time.ts';
import { readDateCell } from '${root}electron/domain/register/date-column.ts';
const locals = ${JSON.stringify(CASES.map(([local]) => local))};
const sweep = [];
for (const day of ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25', '2026-10-26', '2026-03-08', '2026-09-27'])
  for (let h = 0; h < 48; h++) {
    const local = day + 'T' + String(h >> 1).padStart(2, '0') + (h % 2 ? ':30:00' : ':00:00');
    const at = new Date(Date.parse(day + 'T00:00:00Z') + h * 1800000).toISOString();
    sweep.push([local, londonToInstant(local), box.londonToInstant(local.slice(0, 16)), at, londonDate(at), box.instantToLondon(at), showInstant(at), readDateCell(at, 'day-first').date]);
  }
console.log(JSON.stringify({
  offset: new Date(2026, 6, 1).getTimezoneOffset(),
  cases: locals.map((local) => [local, londonToInstant(local)]),
  sweep,
}));
`;

/** London's clock by the rule itself: from 01:00 UTC on March's last Sunday to 01:00 UTC on October's. */
const SUMMER_2026 = { from: Date.parse('2026-03-29T01:00:00Z'), to: Date.parse('2026-10-25T01:00:00Z') };
const hourIn = (ms: number) => (ms >= SUMMER_2026.from && ms < SUMMER_2026.to ? 3_600_000 : 0);

describe('London time', () => {
  it.each(CASES)('%s is %s', (local, instant) => expect(londonToInstant(local)).toBe(instant));

  it('takes no other text and no day that is not', () => {
    for (const bad of ['', '2026-02-30T00:00:00', '2026-11-02', '2026-11-02T24:00:00'])
      expect(() => londonToInstant(bad)).toThrow(RangeError);
  });

  it.each(ZONES)('is the same on a PC in %s', (zone) => {
    const root = new URL('../../../', import.meta.url).href;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT(root)], {
      env: { ...process.env, TZ: zone, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
      encoding: 'utf8',
    });
    const said = JSON.parse(out) as { offset: number; cases: unknown; sweep: readonly (readonly string[])[] };
    // The control: the process truly was in that zone.
    const there = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' })
      .formatToParts(new Date('2026-07-01T00:00:00Z'))
      .find((part) => part.type === 'timeZoneName');
    const [, sign = '+', hours = '0', minutes = '0'] =
      /GMT(?:([+-])(\d+):(\d+))?/.exec(there?.value ?? '') ?? [];
    expect(said.offset).toBe((sign === '-' ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) + 0);
    expect(said.cases).toEqual(CASES);
    for (const [local = '', instant = '', boxed, at = '', day, inBox, shown = '', cell] of said.sweep) {
      expect(boxed).toBe(instant);
      // Back on London's clock it is what was written, or an hour on where March has no such hour.
      const ms = Date.parse(instant);
      const back = new Date(ms + hourIn(ms)).toISOString().slice(0, 19);
      if (!local.startsWith('2026-03-29T01')) expect(back).toBe(local);
      const clock = new Date(Date.parse(at) + hourIn(Date.parse(at))).toISOString();
      expect([day, inBox, cell]).toEqual([clock.slice(0, 10), clock.slice(0, 16), clock.slice(0, 10)]);
      expect(shown).toContain(clock.slice(11, 16));
    }
  });
});
