import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isPost,
  isStaffType,
  lastDayOfPosts,
  NO_POST,
  NOT_STAFF,
  type PostRow,
  remarkOn,
  SAID,
  whyNoPost,
} from './posts.ts';

const TODAY = '2026-11-20';
const post = (change: Partial<PostRow> = {}): PostRow => ({
  assignmentType: 'E',
  systemStatus: 'ACTIVE_ASSIGN',
  userStatus: 'Active Assignment',
  effectiveFrom: '2015-01-01',
  effectiveTo: null,
  assignmentEndDate: null,
  lastWorkingDay: null,
  contractEndDate: null,
  ...change,
});

describe('what is a post', () => {
  it.each<[string, Partial<PostRow>]>([
    ['an active one', {}],
    ['one whose words were left out', { assignmentType: null, systemStatus: null, userStatus: null }],
    ['one of a contingent worker', { assignmentType: 'C', systemStatus: 'ACTIVE_CWK' }],
    ['one that was extended', { userStatus: 'Extended contract' }],
    ['its last working day itself', { lastWorkingDay: TODAY }],
    ['the day its contract ends', { contractEndDate: TODAY }],
    ['the day the assignment ends', { assignmentEndDate: TODAY, effectiveTo: TODAY }],
  ])('%s', (_, change) => {
    expect(whyNoPost(post(change), TODAY)).toBeNull();
  });

  it.each<[Partial<PostRow>, RegExp]>([
    [{ systemStatus: 'TERM_ASSIGN', userStatus: 'Terminated' }, /no longer holds the post \(Terminated\)/],
    [{ systemStatus: 'term_assign', userStatus: '' }, /\(term_assign\)/],
    [{ systemStatus: null, userStatus: 'Terminate Process Assignment' }, /no longer holds/],
    [{ systemStatus: 'TERM_CWK_ASG', userStatus: null }, /no longer holds/],
    [{ systemStatus: 'END', userStatus: null }, /no longer holds/],
    [
      { assignmentType: 'A', systemStatus: 'ACTIVE_APL', userStatus: 'Offer accepted' },
      /applicant.*\(Offer accepted\)/,
    ],
    [{ assignmentType: 'A', systemStatus: null, userStatus: null }, /applicant/],
    [{ systemStatus: 'ACTIVE_APL', userStatus: null }, /applicant/],
    [{ userStatus: 'offer Accepted' }, /applicant/],
    [{ lastWorkingDay: '2026-09-30' }, /left the post on 30 Sep 2026 \(last working day\)/],
    [{ contractEndDate: '2026-11-19' }, /19 Nov 2026 \(contract end date\)/],
    [{ assignmentEndDate: '2026-09-30' }, /assignment end date/],
    [{ effectiveTo: '2026-09-30' }, /end of the assignment’s record/],
    [{ lastWorkingDay: '2026-10-30', contractEndDate: '2026-09-30' }, /30 Sep 2026 \(contract end date\)/],
    [{ effectiveFrom: '2026-12-01' }, /starts in the post on 1 Dec 2026/],
  ])('not %j', (change, why) => {
    expect(whyNoPost(post(change), TODAY)).toMatch(why);
  });

  it('ends by whichever day comes first, and by nothing that is not past', () => {
    const day = fc
      .option(fc.integer({ min: -400, max: 400 }), { nil: null })
      .map((n) =>
        n === null ? null : new Date(Date.parse(TODAY) + n * 86_400_000).toISOString().slice(0, 10),
      );
    const row = fc.record({
      assignmentEndDate: day,
      lastWorkingDay: day,
      contractEndDate: day,
      effectiveTo: day,
    });
    fc.assert(
      fc.property(row, (days) => {
        expect(isPost(post(days), TODAY)).toBe(
          Object.values(days).every((one) => one === null || one >= TODAY),
        );
      }),
    );
  });
});

describe('the last day of all posts', () => {
  const END = '2026-12-31';
  const numbered = (change: Partial<PostRow> = {}, assignmentNumber = '10000001') => ({
    ...post(change),
    assignmentNumber,
  });
  const last = (...rows: readonly ReturnType<typeof numbered>[]) => lastDayOfPosts(rows, null, TODAY);

  it('is the latest of their ends, where every one of them ends', () => {
    expect(last(numbered({ contractEndDate: END }))).toBe(END);
    expect(last(numbered({ contractEndDate: END }), numbered({ lastWorkingDay: TODAY }, '10000001-2'))).toBe(
      END,
    );
    expect(last(numbered({ assignmentEndDate: END, lastWorkingDay: '2026-12-01' }))).toBe('2026-12-01');
    expect(lastDayOfPosts([numbered()], END, TODAY)).toBe(END);
  });

  it('is none where one goes on, and where all of them are over or none was one', () => {
    expect(last(numbered({ contractEndDate: END }), numbered({}, '10000001-2'))).toBeNull();
    expect(last(numbered({ contractEndDate: '2026-11-19' }))).toBeNull();
    expect(last()).toBeNull();
    expect(last(numbered({ userStatus: 'Terminated' }))).toBeNull();
  });

  it('is not the end of a row that another of its assignment follows', () => {
    const rows = [numbered({ effectiveTo: TODAY }), numbered({ effectiveFrom: '2026-11-21' })];
    expect(last(...rows)).toBeNull();
    expect(last(...rows.slice(0, 1))).toBe(TODAY);
    const ended = numbered({ effectiveFrom: '2026-11-21', userStatus: 'Terminated' });
    expect(last(numbered({ effectiveTo: TODAY }), ended)).toBe(TODAY);
  });
});

describe('what is said of a post', () => {
  it.each<[string | null, string | null, string]>([
    ['SUSP_ASSIGN', 'Suspend With Pay', 'suspended'],
    ['SUSP_ASSIGN', null, 'suspended'],
    ['ACTIVE_ASSIGN', 'Suspended', 'suspended'],
    ['SUSP_ASSIGN', 'Career Break', 'long-absent'],
    ['ACTIVE_ASSIGN', 'Maternity & Adoption', 'long-absent'],
    ['ACTIVE_ASSIGN', 'Out on External Secondment - Paid', 'seconded'],
    ['SUSP_ASSIGN', 'Internal Secondment', 'seconded'],
  ])('%s, %s', (systemStatus, userStatus, kind) => {
    const row = post({ systemStatus, userStatus });
    expect(isPost(row, TODAY)).toBe(true);
    expect(remarkOn(row)).toEqual({ kind, words: userStatus ?? systemStatus });
  });

  it('nothing of an active one', () => {
    expect(remarkOn(post())).toBeNull();
  });
});

describe('who is one of the staff', () => {
  it.each<[string | null, string | null, boolean]>([
    ['EMP', 'Employee', true],
    ['EMP_APL', 'Employee.Applicant', true],
    ['CWK', null, true],
    [null, null, true],
    ['', 'Employee', true],
    ['EX_EMP', 'Ex-employee', false],
    ['ex_emp_apl', null, false],
    ['APL', 'Applicant', false],
    ['', 'Ex-employee', false],
    ['', 'Applicant', false],
  ])('%s, %s: %s', (system, user, staff) => {
    expect(isStaffType(system, user)).toBe(staff);
  });
});

it('no pattern holds what LIKE would read as any letter', () => {
  const words = [...Object.values(NO_POST), ...Object.values(SAID), NOT_STAFF].flatMap((one) =>
    Object.values(one).flat(),
  );
  for (const pattern of words) expect(pattern).not.toMatch(/[_[\]\\]/);
});
