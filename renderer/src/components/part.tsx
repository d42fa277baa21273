import { Card, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface PartProps {
  readonly title: string;
  readonly description?: string;
  readonly children: ReactNode;
}

/** A titled part of a screen of settings. */
export const Part = ({ title, description, children }: PartProps) => {
  const id = useId();
  return (
    // A card that hides what overflows it holds on to what should stay in sight while the window scrolls.
    <Card withBorder component="section" aria-labelledby={id} style={{ overflow: 'visible' }}>
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      {description !== undefined && (
        <Text size="sm" c="dimmed">
          {description}
        </Text>
      )}
      <div style={{ marginTop: 'var(--mantine-spacing-sm)' }}>{children}</div>
    </Card>
  );
};
