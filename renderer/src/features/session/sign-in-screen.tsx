export const SignInScreen = (_: { state: unknown; trust: unknown }) => null;
