export const ImportsScreen = () => null;
