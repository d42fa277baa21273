import { Button, Text } from '@mantine/core';
import type { SessionState, SignedInUser } from '../../../../electron/contract/session.contract.ts';
import { useSession } from '../../ground/session.tsx';
import { useCommand } from '../../lib/api.ts';
import { ChangePasswordForm } from './change-password-form.tsx';
import { EntranceFrame } from './entrance-frame.tsx';

interface NewPasswordScreenProps {
  readonly trust: SessionState['trust'];
  readonly user: SignedInUser;
}

/** Somebody else set the first password, so the first thing to do is to change it. */
export const NewPasswordScreen = ({ trust, user }: NewPasswordScreenProps) => {
  const { apply } = useSession();
  const signOut = useCommand('session:signOut', { onDone: apply });
  return (
    <EntranceFrame title="Choose your own password" trust={trust}>
      <Text mb="md">
        {user.displayName}, somebody else knows the password you were given. Choose one that only you know;
        then the work opens.
      </Text>
      <ChangePasswordForm
        user={user}
        onDone={apply}
        other={
          <Button variant="default" onClick={() => signOut.mutate({})}>
            Sign out
          </Button>
        }
      />
    </EntranceFrame>
  );
};
