import { Alert, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { PageHeader } from '../../components/index.ts';
import { JobLine } from '../../components/job-line.tsx';
import { useSignedIn } from '../../ground/session.tsx';
import { bringTo } from '../../lib/bring-to.ts';
import { DraftCard } from './draft-card.tsx';
import { FileDrop } from './file-drop.tsx';
import { HistoryTable } from './history-table.tsx';
import { type ImportFlow, isBusy, type Refusal } from './import-flow.ts';
import classes from './imports.module.css';
import { OutcomeCard } from './outcome-card.tsx';
import { PreviewCard } from './preview-card.tsx';
import { SourcesTable } from './sources-table.tsx';
import { type ImportActions, useImportFlow } from './use-import-flow.ts';

/** Files from ESR, the Service Desk, Finance and training: looked at, checked, and only then imported. */
export const ImportsScreen = () => {
  const { may } = useSignedIn();
  const [flow, actions] = useImportFlow();
  const card = useFocusOnStep(flow.step.at);
  return (
    <>
      <PageHeader title="Imports" description="Files from ESR, the Service Desk, Finance and training" />
      <Stack gap="md">
        {may('imports:offerFile') ? (
          <>
            <FileDrop disabled={isBusy(flow)} offering={flow.offering} onFile={actions.offer} />
            {flow.refusal !== null && (
              <RefusedFile refusal={flow.refusal} onClose={() => actions.say({ type: 'dismissRefusal' })} />
            )}
            {flow.cancelled && (
              <Text size="sm" role="status">
                Cancelled. Nothing was written.
              </Text>
            )}
            <div ref={card} tabIndex={-1} className={classes.step}>
              <StepCard flow={flow} actions={actions} />
            </div>
          </>
        ) : (
          <Text size="sm">
            You may see what has been imported. An officer, HR administrator or the owner imports files.
          </Text>
        )}
        <SourcesTable />
        <HistoryTable
          // What was just imported may be what was undone: the card would say what is no longer so.
          onUndone={() => flow.step.at === 'done' && actions.say({ type: 'close' })}
        />
      </Stack>
    </>
  );
};

/** Each step draws another card: the keyboard goes along, so that it is not left on a button that has gone. */
const useFocusOnStep = (at: ImportFlow['step']['at']) => {
  const card = useRef<HTMLDivElement>(null);
  const last = useRef(at);
  useEffect(() => {
    if (last.current === at) return;
    last.current = at;
    bringTo(card.current);
  }, [at]);
  return card;
};

const StepCard = ({ flow, actions }: { readonly flow: ImportFlow; readonly actions: ImportActions }) => {
  const { step } = flow;
  switch (step.at) {
    case 'idle':
      return null;
    case 'draft':
      return <DraftCard draft={step.draft} reading={step.reading} actions={actions} />;
    case 'checking':
      return <WorkingCard title={`Checking ${step.draft.file.name}`} cancelLabel="Cancel the check" />;
    case 'checked':
      return (
        <PreviewCard
          fileName={step.draft.file.name}
          preview={step.preview}
          said={step.said}
          actions={actions}
        />
      );
    case 'importing':
      return <WorkingCard title={`Importing ${step.draft.file.name}`} cancelLabel="Cancel the import" />;
    case 'done':
      return (
        <OutcomeCard
          fileName={step.fileName}
          outcome={step.outcome}
          onClose={() => actions.say({ type: 'close' })}
        />
      );
    default:
      return step satisfies never;
  }
};

const WorkingCard = ({ title, cancelLabel }: { readonly title: string; readonly cancelLabel: string }) => (
  <section className={classes.card} aria-labelledby="working">
    <Title order={2} size="h4" id="working">
      {title}
    </Title>
    <JobLine cancelLabel={cancelLabel} />
  </section>
);

const RefusedFile = ({ refusal, onClose }: { readonly refusal: Refusal; readonly onClose: () => void }) => (
  <Alert
    role="alert"
    color="red"
    variant="light"
    icon={<IconAlertTriangle aria-hidden="true" />}
    title={`${refusal.fileName} was not taken`}
    withCloseButton
    closeButtonLabel="Close"
    onClose={onClose}
  >
    <Text size="sm">{refusal.message}</Text>
    <Text size="xs" c="dimmed">
      Nothing was changed.{refusal.correlationId !== null && ` Reference ${refusal.correlationId}`}
    </Text>
  </Alert>
);
