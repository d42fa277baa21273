export { FindingsScreen } from './findings-screen.tsx';
