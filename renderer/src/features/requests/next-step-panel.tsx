import { ChooseAccessPanel } from './choose-access-panel.tsx';
import { ExceptionPanel } from './exception-panel.tsx';
import { KeyingPanel } from './keying-panel.tsx';
import { MatchPanel } from './match-panel.tsx';
import type { NextStep } from './next-step.ts';
import { ObjectionPanel } from './objection-panel.tsx';
import type { PanelProps } from './panel-parts.tsx';
import { ApprovePanel, AuthorisePanel, ReturnPanel } from './step-panels.tsx';
import { AwaitExtractPanel, AwaitFormPanel, ClosedPanel, NotSeenPanel } from './waiting-panels.tsx';

/** The one thing this request waits for, with its one primary action. */
export const NextStepPanel = ({ next, ...props }: PanelProps & { readonly next: NextStep }) => {
  switch (next) {
    case 'match':
      return <MatchPanel {...props} />;
    case 'choose-access':
      return <ChooseAccessPanel {...props} />;
    case 'authorise':
      return <AuthorisePanel {...props} />;
    case 'return':
      return <ReturnPanel {...props} />;
    case 'await-form':
      return <AwaitFormPanel {...props} />;
    case 'decide-exception':
      return <ExceptionPanel {...props} />;
    case 'approve':
      return <ApprovePanel {...props} />;
    case 'answer-objection':
      return <ObjectionPanel {...props} />;
    case 'key':
      return <KeyingPanel {...props} />;
    case 'await-extract':
      return <AwaitExtractPanel {...props} />;
    case 'not-seen':
      return <NotSeenPanel {...props} />;
    case 'verified':
      return <ClosedPanel {...props} title="Verified and closed" />;
    case 'withdrawn':
      return <ClosedPanel {...props} title="Withdrawn" />;
    default:
      return next satisfies never;
  }
};
