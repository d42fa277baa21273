import { Button, Group, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { CopyValue } from '../../components/index.ts';
import { useSignedIn } from '../../ground/session.tsx';
import { formatInstant } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { DecidedException } from './exception-facts.tsx';
import { commandOf } from './next-step.ts';
import { type PanelProps, PanelTitle, StepButton } from './panel-parts.tsx';
import classes from './request.module.css';

/** What to key into ESR, in order; each value is one click away from the clipboard. Prints as a sheet of its own. */
export const KeyingPanel = ({ detail, onOpen }: PanelProps) => (
  <>
    <PrintHead reference={detail.form.reference} />
    <PanelTitle>Key it into ESR</PanelTitle>
    {detail.approval !== null && (
      <Text size="sm">
        Approved by {detail.approval.by} on {formatInstant(detail.approval.at)}.
      </Text>
    )}
    <DecidedException exception={detail.exception} />
    <ol className={classes.keying} aria-label="Keying steps">
      {detail.keying.map((step) => (
        <li key={step.instruction}>
          <Text size="sm">{step.instruction}</Text>
          {step.values.length > 0 && (
            <dl className={classes.values}>
              {step.values.map((value) => (
                <div key={value.label} className={classes.value}>
                  <dt>{value.label}</dt>
                  <dd>
                    <CopyValue label={value.label} value={value.value} />
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ol>
    <Group className={classes.noPrint}>
      <StepButton {...commandOf(detail, 'key')} onClick={() => onOpen('key')}>
        I have keyed this…
      </StepButton>
      <Button
        variant="default"
        leftSection={<IconPrinter size={16} aria-hidden="true" />}
        onClick={() => window.print()}
      >
        Print the steps
      </Button>
    </Group>
  </>
);

const PrintHead = ({ reference }: { readonly reference: string }) => {
  const { trust } = useSignedIn();
  const now = useNow();
  return (
    <p className={classes.onlyPrint}>
      {trust.name}, {trust.environment}. OneForm {reference}. Printed {formatInstant(now.toISOString())}.
      Shred after keying.
    </p>
  );
};
