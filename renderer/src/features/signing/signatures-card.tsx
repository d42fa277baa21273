import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { StoredSignature } from '../../../../electron/contract/signing.contract.ts';
import { ErrorState, Mark } from '../../components/index.ts';
import { useSignedIn } from '../../ground/session.tsx';
import { useOperation } from '../../lib/api.ts';
import { copyText } from '../../lib/copy-text.ts';
import { formatInstant } from '../../lib/format.ts';
import { SignedText } from './signed-text.tsx';
import classes from './signing.module.css';
import { checkCommand, DECISION_WORDS, MEANS_WORDS } from './signing-words.ts';

/** The signatures under the decisions on a subject, each checked anew when it is shown. Nothing where nothing was signed. */
export const SignaturesCard = ({ id }: { readonly id: string }) => {
  const { may } = useSignedIn();
  const { data, error, refetch } = useOperation(
    'signing:list',
    { subject: id },
    { enabled: may('signing:list') },
  );
  if (error !== null) {
    return (
      <ErrorState fault={error} title="The signatures could not be read" onRetry={() => void refetch()} />
    );
  }
  if (data === undefined || data.signatures.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" className="no-print" aria-labelledby="signatures">
      <Title order={2} size="h4" id="signatures" mb="sm">
        Signatures
      </Title>
      {data.signatures.map((signature) => (
        <Signature key={signature.id} signature={signature} />
      ))}
    </Paper>
  );
};

const Signature = ({ signature }: { readonly signature: StoredSignature }) => (
  <article className={classes.signature} aria-label={`Signature of ${signature.signer}`}>
    <div className={classes.head}>
      {signature.sound ? (
        <Mark word="Sound" shape="disc" tone="good" />
      ) : (
        <Mark word="Not sound" shape="cross" tone="bad" />
      )}
    </div>
    <Text size="sm" {...(signature.sound ? {} : { c: 'var(--ead-tone-bad)', fw: 600 })}>
      {signature.sentence}
    </Text>
    <Text size="sm" c="dimmed">
      {DECISION_WORDS[signature.decision]}, signed{' '}
      <time dateTime={signature.signedAt}>{formatInstant(signature.signedAt)}</time> by {signature.signer}{' '}
      with {MEANS_WORDS[signature.means]}, ledger {signature.seq}
    </Text>
    <details>
      <summary>Text that was signed</summary>
      <SignedText label="Text that was signed" text={signature.text} />
    </details>
    <Copies signature={signature} />
    <details>
      <summary>Check it without this program</summary>
      <Text size="sm" component="div" mt={4}>
        Save the three as text.txt, signature.pem and certificates.pem exactly as they are copied, then run:
        <code className={classes.command}>{checkCommand(signature.signedAt)}</code>
        {signature.means === 'card' &&
          'Better still, take the issuer’s certificate from the Registration Authority and not from here.'}
      </Text>
    </details>
  </article>
);

const SAID_MS = 4000;

/** The three things that check the signature outside, each to be saved as a file of its own. */
const Copies = ({ signature }: { readonly signature: StoredSignature }) => {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return undefined;
    const timer = setTimeout(() => setSaid(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copies = [
    ['the text', signature.text],
    ['the signature', signature.cms],
    ['the certificates', signature.certificates],
  ] as const;
  const copy = (what: string, text: string) => {
    copyText(text).then(
      () => setSaid(`Copied ${what}`),
      () => setSaid(`Not copied: ${what}. Try again`),
    );
  };
  return (
    <Group gap="xs">
      {copies.map(([what, text]) => (
        <Button
          key={what}
          size="xs"
          variant="default"
          leftSection={<IconCopy size={14} aria-hidden="true" />}
          onClick={() => copy(what, text)}
        >
          Copy {what}
        </Button>
      ))}
      <Text size="sm" role="status">
        {said}
      </Text>
    </Group>
  );
};
