import { Container, Skeleton, Stack } from '@mantine/core';
import { ErrorState } from '../components/states.tsx';

/** The moment before the program has said anything: the outline of what will stand here. */
export const StartWait = () => (
  <Container size={440} pt="18vh" role="status" aria-label="Opening">
    <Stack gap="md">
      <Skeleton height={28} width="60%" />
      <Skeleton height={36} />
      <Skeleton height={36} />
      <Skeleton height={36} width="40%" />
    </Stack>
  </Container>
);

export const StartFault = ({ fault, onRetry }: { readonly fault: Error; readonly onRetry: () => void }) => (
  <Container size="xs" pt="18vh">
    <ErrorState fault={fault} title="The program did not answer" onRetry={onRetry} />
  </Container>
);
