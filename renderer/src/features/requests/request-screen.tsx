import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { RequestDetail } from '../../../../electron/contract/requests.contract.ts';
import { EmptyState, ErrorState, LoadingRows, PageHeader } from '../../components/index.ts';
import { Refusal, useOperation } from '../../lib/api.ts';
import { bringTo } from '../../lib/bring-to.ts';
import { useKeptDrafts } from '../../lib/use-draft.ts';
import { useKeys } from '../../lib/use-keys.ts';
import { SignaturesCard } from '../signing/index.ts';
import { FormCard } from './form-card.tsx';
import { HistoryList } from './history-list.tsx';
import { MoreMenu } from './more-menu.tsx';
import { nextStepOf } from './next-step.ts';
import { NextStepPanel } from './next-step-panel.tsx';
import { PrerequisiteList } from './prerequisite-list.tsx';
import { PresentAccess } from './present-access.tsx';
import { BackToQueue, QueueSteps } from './queue-steps.tsx';
import classes from './request.module.css';
import { type Dialog, isDialog, RequestDialogs } from './request-dialogs.tsx';
import { RequestFindings } from './request-findings.tsx';
import { REQUEST_KEYS, ShortcutsHelp } from './shortcuts-help.tsx';
import { SummaryLine } from './summary-line.tsx';
import { useNeighbours } from './use-neighbours.ts';
import { WhoCard } from './who-card.tsx';

/** One request, from what was asked to what ESR's extract says of it. */
export const RequestScreen = ({ id }: { readonly id: string }) => {
  const request = useOperation('requests:get', { id });
  const neighbours = useNeighbours(id);
  const [, navigate] = useLocation();
  const [help, setHelp] = useState(false);
  const back = () => navigate('/requests');
  useKeys({
    j: neighbours.goNext,
    ']': neighbours.goNext,
    k: neighbours.goPrevious,
    '[': neighbours.goPrevious,
    Escape: back,
    '?': () => setHelp(true),
  });
  const steps = <QueueSteps neighbours={neighbours} />;
  return (
    <>
      {request.data === undefined ? (
        <>
          <PageHeader title="Request" back={<BackToQueue />} action={steps} />
          <Waiting fault={request.error} onRetry={() => void request.refetch()} />
        </>
      ) : (
        <Loaded key={id} detail={request.data} steps={steps} />
      )}
      <ShortcutsHelp opened={help} keys={REQUEST_KEYS} onClose={() => setHelp(false)} />
    </>
  );
};

const Waiting = ({ fault, onRetry }: { readonly fault: Error | null; readonly onRetry: () => void }) => {
  if (fault === null) return <LoadingRows rows={10} label="Reading the request" />;
  if (fault instanceof Refusal && fault.code === 'NOT_FOUND') {
    return (
      <EmptyState title="There is no such request">
        It may belong to the other store. Go back to the queue.
      </EmptyState>
    );
  }
  return <ErrorState fault={fault} title="The request could not be read" onRetry={onRetry} />;
};

interface LoadedProps {
  readonly detail: RequestDetail;
  readonly steps: React.ReactNode;
}

const Loaded = ({ detail, steps }: LoadedProps) => {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [kept] = useKeptDrafts(`requests/${detail.id}/`);
  // What was open when the session was locked is open again, with what was typed.
  useEffect(() => {
    if (isDialog(kept)) setDialog((open) => open ?? kept);
  }, [kept]);
  const next = nextStepOf(detail);
  const panel = useFocusOnChange(`${detail.status} ${next}`);
  return (
    <div className={classes.page}>
      <PageHeader
        title={`OneForm ${detail.form.reference}`}
        windowTitle="Request"
        description={`${detail.access ?? detail.form.accessAsked} for ${detail.person?.name ?? detail.form.beneficiaryName}`}
        back={<BackToQueue />}
        action={
          <div className={classes.headActions}>
            {steps}
            <MoreMenu detail={detail} hidden={next === 'return' ? ['returnForm'] : []} onChoose={setDialog} />
          </div>
        }
      />
      <SummaryLine detail={detail} onOpen={setDialog} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <RequestFindings detail={detail} />
          <section ref={panel} tabIndex={-1} aria-label="Next step" className={classes.nextStep}>
            <NextStepPanel detail={detail} next={next} onOpen={setDialog} />
          </section>
          <PrerequisiteList detail={detail} />
        </div>
        <div className={classes.side}>
          <WhoCard detail={detail} />
          <FormCard detail={detail} />
          <PresentAccess detail={detail} />
        </div>
      </div>
      <HistoryList entries={detail.history} />
      <SignaturesCard id={detail.id} />
      <RequestDialogs detail={detail} dialog={dialog} onClose={() => setDialog(null)} />
    </div>
  );
};

/** After a step the panel is another one: the keyboard is put there, not left on a button that has gone. */
const useFocusOnChange = (key: string) => {
  const target = useRef<HTMLElement>(null);
  const last = useRef(key);
  useEffect(() => {
    if (last.current === key) return;
    last.current = key;
    bringTo(target.current);
  }, [key]);
  return target;
};
