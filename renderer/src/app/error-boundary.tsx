import { Alert, Button, Container, Group, Stack, Text } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { invoke } from '../lib/api.ts';
import { faultReport } from '../lib/fault-report.ts';

interface Props {
  readonly children: ReactNode;
  /** Another value clears the fault: the route, so that one broken screen does not hold the others. */
  readonly resetKey?: string;
}

interface State {
  readonly failed: boolean;
  readonly correlationId: string | null;
}

const SOUND: State = { failed: false, correlationId: null };

/** A bug in a screen: logged under a number, told plainly, and the rest of the program goes on. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = SOUND;

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    invoke('app:reportFault', faultReport(error, info.componentStack ?? '')).then(
      ({ correlationId }) => this.setState({ correlationId }),
      () => undefined,
    );
  }

  override componentDidUpdate(before: Props): void {
    if (before.resetKey !== this.props.resetKey && this.state.failed) this.setState(SOUND);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Container size="sm" py="xl">
        <Alert role="alert" color="red" variant="light" title="This screen has stopped">
          <Stack gap="sm" align="flex-start">
            <Text size="sm">
              The program met something it did not expect. Nothing that you had saved is lost. Try again; if
              it stops again, give the system owner the reference below.
            </Text>
            <Group gap="md">
              <Button size="xs" variant="default" onClick={() => this.setState(SOUND)}>
                Try again
              </Button>
              <Text size="xs" c="dimmed">
                {this.state.correlationId === null ? '' : `Reference ${this.state.correlationId}`}
              </Text>
            </Group>
          </Stack>
        </Alert>
      </Container>
    );
  }
}
