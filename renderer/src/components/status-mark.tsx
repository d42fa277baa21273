import type { ReactNode } from 'react';
import type { RequestStatus } from '../../../electron/contract/requests.contract.ts';
import classes from './status-mark.module.css';

type Tone = 'plain' | 'info' | 'good' | 'warn' | 'bad';

/** The shapes differ in outline, not in colour alone; each is drawn on a 16 × 16 field. */
const SHAPES = {
  question: (
    <path d="M6 6a2 2 0 1 1 2.6 1.9c-.5.2-.6.5-.6 1.1v.4M8 11.4v.1M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Z" />
  ),
  ring: <circle cx="8" cy="8" r="6" />,
  back: <path d="M6 3 2.5 6.5 6 10M2.5 6.5H10a3.5 3.5 0 0 1 0 7H7" />,
  half: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor" />
    </>
  ),
  tick: <path d="m2.5 8.5 4 4 7-9" strokeWidth="2.4" />,
  key: <path d="M1.5 4.5h13v8h-13zM4 7h.1M7 7h.1M10 7h.1M12.5 7h.1M5 10h6" />,
  triangle: <path d="M8 2 15 14H1ZM8 6.5v3.5M8 12v.1" />,
  disc: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />
      <path d="m4.8 8.3 2.3 2.3 4.2-5" stroke="var(--mantine-color-body)" strokeWidth="1.8" />
    </>
  ),
  barred: <path d="M3.8 12.2 12.2 3.8M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z" />,
  diamond: <path d="M8 1.5 14.5 8 8 14.5 1.5 8ZM8 5v3.5M8 11v.1" />,
  cross: <path d="m3 3 10 10M13 3 3 13" strokeWidth="2.4" />,
} as const satisfies Record<string, ReactNode>;

type Shape = keyof typeof SHAPES;

interface MarkProps {
  readonly word: string;
  readonly shape: Shape;
  readonly tone: Tone;
}

/** A state as a word and a shape; colour only adds to it. Plain elements, because tables draw hundreds. */
export const Mark = ({ word, shape, tone }: MarkProps) => (
  <span className={classes.mark}>
    <svg className={classes.shape} data-tone={tone} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[shape]}
    </svg>
    {word}
  </span>
);

const STATUS: Readonly<Record<RequestStatus, MarkProps>> = {
  unmatched: { word: 'Unmatched', shape: 'question', tone: 'warn' },
  new: { word: 'To check', shape: 'ring', tone: 'info' },
  returned: { word: 'Returned', shape: 'back', tone: 'plain' },
  'with-guardian': { word: 'Guardian', shape: 'diamond', tone: 'warn' },
  authorised: { word: 'Authorised', shape: 'half', tone: 'info' },
  approved: { word: 'To key', shape: 'tick', tone: 'good' },
  keyed: { word: 'Keyed', shape: 'key', tone: 'info' },
  'not-seen': { word: 'Not seen', shape: 'triangle', tone: 'bad' },
  verified: { word: 'Verified', shape: 'disc', tone: 'good' },
  withdrawn: { word: 'Withdrawn', shape: 'barred', tone: 'plain' },
};

/** The word of a request's status, for menus and sentences. */
export const statusWord = (status: RequestStatus): string => STATUS[status].word;

const OBJECTED: MarkProps = { word: 'Not grantable', shape: 'triangle', tone: 'bad' };

interface StatusMarkProps {
  readonly status: RequestStatus;
  /** An approval that no longer holds waits for an answer, not for a keying. */
  readonly objected?: boolean;
}

/** The status of a request. */
export const StatusMark = ({ status, objected = false }: StatusMarkProps) => (
  <Mark {...(objected ? OBJECTED : STATUS[status])} />
);
