import { Button, FileButton, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { addCertificates } from './card-settings-draft.ts';

interface PemFilesProps {
  readonly present: string;
  readonly onText: (text: string) => void;
}

const LARGEST = 200_000;

/** Certificates from chosen files, read in the page: they are public text, and the program judges them when they are saved. */
export const PemFiles = ({ present, onText }: PemFilesProps) => {
  const [problem, setProblem] = useState('');
  const take = async (files: readonly File[]) => {
    setProblem('');
    if (files.length === 0) return;
    const large = files.find((file) => file.size > LARGEST);
    if (large !== undefined) return setProblem(`${large.name} is too large for certificates.`);
    const read = await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })));
    const added = addCertificates(present, read);
    if ('problem' in added) return setProblem(added.problem);
    onText(added.text);
  };
  return (
    <Group gap="sm">
      <FileButton multiple accept=".pem,.crt,.cer,.txt" onChange={(files) => void take(files)}>
        {(props) => (
          <Button {...props} variant="default" size="xs">
            Add from files…
          </Button>
        )}
      </FileButton>
      <Text size="sm" role="alert" c="var(--mantine-color-error)">
        {problem}
      </Text>
    </Group>
  );
};
