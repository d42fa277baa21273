// The screens before the work that few starts need, in one file of their own.
import '../../ground/all-styles.ts';

export { CardSignIn } from './card-sign-in.tsx';
export { ChooseStoreScreen } from './choose-store-screen.tsx';
export { FirstRunScreen } from './first-run-screen.tsx';
export { KeyStateScreen } from './key-state-screen.tsx';
export { NewPasswordScreen } from './new-password-screen.tsx';
export { RecoverScreen } from './recover-screen.tsx';
export { RestoreScreen } from './restore-screen.tsx';
