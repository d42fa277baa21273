import { Button, Group, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { copyText } from '../../lib/copy-text.ts';

/** Copies the mail that tells the requester what is missing. */
export const CopyMail = ({ text }: { readonly text: string }) => {
  const [said, setSaid] = useState('');
  const copy = () => {
    copyText(text).then(
      () => setSaid('Copied'),
      () => setSaid('Not copied: the mail is too long for one copy, so shorten the list'),
    );
  };
  return (
    <Group gap="sm">
      <Button variant="default" leftSection={<IconCopy size={16} aria-hidden="true" />} onClick={copy}>
        Copy the mail
      </Button>
      <Text size="sm" role="status">
        {said}
      </Text>
    </Group>
  );
};
