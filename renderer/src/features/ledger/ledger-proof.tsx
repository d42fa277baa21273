import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Output } from '../../../../electron/contract/contract.ts';
import { CopyValue, ErrorState } from '../../components/index.ts';
import { JobLine } from '../../components/job-line.tsx';
import { useSignedIn } from '../../ground/session.tsx';
import { invoke, Refusal } from '../../lib/api.ts';
import { formatCount } from '../../lib/format.ts';
import classes from './ledger.module.css';
import { SignOffDialog } from './sign-off-dialog.tsx';

interface LedgerProofProps {
  readonly size: number | null;
  readonly rootHash: string | null;
}

type Check =
  | { readonly at: 'idle' }
  | { readonly at: 'running' }
  | { readonly at: 'cancelled' }
  | { readonly at: 'failed'; readonly fault: unknown }
  | { readonly at: 'done'; readonly result: Output<'ledger:verify'> };

/** The ledger's size and root hash, and the check that recomputes both from the events alone. */
export const LedgerProof = ({ size, rootHash }: LedgerProofProps) => {
  const { may } = useSignedIn();
  const [check, setCheck] = useState<Check>({ at: 'idle' });
  const verify = () => {
    setCheck({ at: 'running' });
    invoke('ledger:verify', {}).then(
      (result) => setCheck({ at: 'done', result }),
      (fault: unknown) =>
        setCheck(
          fault instanceof Refusal && fault.code === 'CANCELLED'
            ? { at: 'cancelled' }
            : { at: 'failed', fault },
        ),
    );
  };
  return (
    <section className={classes.proof} aria-label="Proof">
      <Group gap="md" align="center">
        <Text size="sm" fw={600} className={classes.size}>
          {size === null ? ' ' : formatCount(size, 'entry', 'entries')}
        </Text>
        {rootHash !== null && (
          <Group gap={6} className={classes.hash}>
            <Text size="sm" c="dimmed">
              Root hash
            </Text>
            <CopyValue label="root hash" value={rootHash} />
          </Group>
        )}
        {may('ledger:verify') && (
          <Button onClick={verify} loading={check.at === 'running'} ml="auto">
            Verify the ledger
          </Button>
        )}
      </Group>
      <CheckWords check={check} />
    </section>
  );
};

const CheckWords = ({ check }: { readonly check: Check }) => {
  switch (check.at) {
    case 'idle':
      return null;
    case 'running':
      return <JobLine cancelLabel="Cancel the check" />;
    case 'cancelled':
      return (
        <Text size="sm" role="status">
          The check was cancelled. Nothing is known from it.
        </Text>
      );
    case 'failed':
      return <ErrorState fault={check.fault} title="The ledger could not be checked" />;
    case 'done':
      return (
        <Alert
          role="status"
          color={check.result.sound ? 'green' : 'red'}
          variant="light"
          icon={
            check.result.sound ? (
              <IconShieldCheck aria-hidden="true" />
            ) : (
              <IconAlertTriangle aria-hidden="true" />
            )
          }
          title={check.result.sound ? 'The ledger is sound' : 'The ledger is not sound'}
        >
          {check.result.sentence}
          {check.result.sound && <SignOff verified={check.result} />}
        </Alert>
      );
    default:
      return check satisfies never;
  }
};

/** A team lead's, of the ledger as it was just found whole. */
const SignOff = ({ verified }: { readonly verified: Output<'ledger:verify'> }) => {
  const { may } = useSignedIn();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  if (!may('ledger:signOff')) return null;
  return (
    <>
      <Group gap="sm" mt="xs">
        <Button size="xs" variant="default" disabled={done} onClick={() => setOpen(true)}>
          Sign off the review…
        </Button>
        <Text size="sm" role="status">
          {done ? 'Signed off.' : ''}
        </Text>
      </Group>
      {open && (
        <SignOffDialog
          verified={verified}
          onClose={() => setOpen(false)}
          onSignedOff={() => {
            setOpen(false);
            setDone(true);
          }}
        />
      )}
    </>
  );
};
