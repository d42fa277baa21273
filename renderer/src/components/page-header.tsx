import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import classes from './page-header.module.css';

interface PageHeaderProps {
  readonly title: string;
  /** What the window is called where the title names somebody: taskbars, window lists and shared screens show it to others. */
  readonly windowTitle?: string;
  /** One sentence under the title. */
  readonly description?: ReactNode;
  /** The one primary action of the page, at the right. */
  readonly action?: ReactNode;
  /** A way back, above the title. */
  readonly back?: ReactNode;
}

/** One title a page, one primary action. It also names the window. */
export const PageHeader = ({ title, windowTitle = title, description, action, back }: PageHeaderProps) => {
  useEffect(() => {
    document.title = `${windowTitle} · ESR Access Desk`;
  }, [windowTitle]);
  return (
    <header className={classes.header}>
      {back}
      <Group justify="space-between" align="flex-start" gap="md">
        <div className={classes.words}>
          <Title order={1} size="h2">
            {title}
          </Title>
          {description !== undefined && (
            <Text c="dimmed" size="sm" component="div">
              {description}
            </Text>
          )}
        </div>
        {action !== undefined && <div className={classes.action}>{action}</div>}
      </Group>
    </header>
  );
};
