import { Alert, Button, Checkbox, Group, Skeleton, Text } from '@mantine/core';
import { IconCopy, IconPrinter } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { ErrorState } from '../../components/states.tsx';
import { invoke } from '../../lib/api.ts';
import { copyText } from '../../lib/copy-text.ts';
import classes from './phrase-step.module.css';
import { StepForm } from './step-form.tsx';

interface PhraseStepProps {
  readonly words: readonly string[];
  readonly onWords: (words: readonly string[]) => void;
  readonly trustName: string;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** Shows the recovery phrase, once. It is asked for by hand, so that no query cache keeps it. */
export const PhraseStep = ({ words, onWords, trustName, onBack, onNext }: PhraseStepProps) => {
  const [fault, setFault] = useState<unknown>(null);
  const [written, setWritten] = useState(false);
  const [told, setTold] = useState(false);
  const [copied, setCopied] = useState('');
  const missing = words.length === 0;
  const propose = useCallback(() => {
    setFault(null);
    invoke('session:proposeRecoveryPhrase', {}).then((answer) => onWords(answer.words), setFault);
  }, [onWords]);
  useEffect(() => {
    if (missing) propose();
  }, [missing, propose]);
  return (
    <StepForm
      nextLabel="Next"
      blocked={missing}
      onBack={onBack}
      onNext={() => {
        setTold(true);
        if (written) onNext();
      }}
    >
      <Alert variant="light" color="yellow" title="Write these 24 words down on paper" className="no-print">
        They open the store when every password is lost, or on another PC. They are shown this once and are
        kept nowhere. Keep the paper where the trust keeps such things, not beside this PC.
      </Alert>
      <Text className={classes.printHead}>Recovery phrase of ESR Access Desk, {trustName}</Text>
      {fault !== null && <ErrorState fault={fault} title="No phrase could be made" onRetry={propose} />}
      {missing && fault === null && <Skeleton height={232} aria-label="Making the phrase" />}
      {!missing && (
        <ol className={classes.grid} aria-label="Recovery phrase">
          {words.map((word, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a word may come twice, and its place is what it is.
            <li key={index} className={classes.word}>
              <span className={classes.number}>{index + 1}</span>
              {word}
            </li>
          ))}
        </ol>
      )}
      <Group className="no-print" gap="sm">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPrinter size={16} aria-hidden="true" />}
          onClick={() => window.print()}
          disabled={missing}
        >
          Print
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconCopy size={16} aria-hidden="true" />}
          disabled={missing}
          onClick={() => {
            copyText(words.join(' ')).then(
              () => setCopied('Copied. Paste it somewhere safe, then copy something else.'),
              () => setCopied('It could not be copied. Write it down or print it.'),
            );
          }}
        >
          Copy
        </Button>
        <Text size="sm" role="status">
          {copied}
        </Text>
      </Group>
      <Checkbox
        className="no-print"
        label="I have written it down"
        checked={written}
        onChange={(event) => setWritten(event.currentTarget.checked)}
        error={told && !written ? 'Write it down first: it is not shown again' : undefined}
      />
    </StepForm>
  );
};
