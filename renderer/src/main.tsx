import './ground/first-styles.ts';
import './app/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { Providers } from './app/providers.tsx';
import { firstState } from './ground/session.tsx';
import { allowStyleTextOnly } from './lib/trusted-types.ts';

allowStyleTextOnly();

const FIRST_STATE_MS = 150;

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

// The first picture is the screen itself where the program says in time which one, and its outline where it does not.
void firstState(FIRST_STATE_MS).then((state) =>
  createRoot(root).render(
    <StrictMode>
      <Providers firstState={state}>
        <App />
      </Providers>
    </StrictMode>,
  ),
);
