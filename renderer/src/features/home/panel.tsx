import { Card, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './home.module.css';

interface PanelProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export const Panel = ({ title, wide = false, children }: PanelProps) => {
  const id = useId();
  return (
    <Card withBorder component="section" aria-labelledby={id} className={classes.panel} data-wide={wide}>
      <Title order={2} size="h4" id={id} mb="sm">
        {title}
      </Title>
      {children}
    </Card>
  );
};
