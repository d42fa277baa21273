export const FirstRunScreen = (_: { state: unknown }) => null;
export const ChooseStoreScreen = (_: { state: unknown }) => null;
export const KeyStateScreen = (_: { state: unknown; problem: unknown }) => null;
export const NewPasswordScreen = (_: { trust: unknown; user: unknown }) => null;
