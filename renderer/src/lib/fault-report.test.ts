import { describe, expect, it } from 'vitest';
import { faultReport } from './fault-report.ts';

describe('the report of a fault', () => {
  it('keeps the kind and the frames and leaves out the message, which may quote the screen', () => {
    const fault = new TypeError('Cannot read Jane Doe\nof the second line');
    const report = faultReport(fault, '\n    at QueueRow (app://desk/requests.js:1:2)');
    expect(report.name).toBe('TypeError');
    expect(report.where).toContain('at QueueRow');
    expect(report.where).toContain('fault-report.test');
    expect(report.where).not.toContain('Jane');
    expect(report.where).not.toContain('second line');
  });

  it('takes what is not an Error, and stays within the contract’s limits', () => {
    expect(faultReport('a secret', '').name).toBe('string');
    const long = faultReport(new Error('x'), '    at Part (app://desk/a.js:1:1)\n'.repeat(1000));
    expect(long.where.length).toBe(4000);
  });
});
