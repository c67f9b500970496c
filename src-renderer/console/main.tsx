import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import './mantine-variables.css';
import './look.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { session } from '../api/session.ts';
import { App } from './app.tsx';

const place = document.querySelector('#console');
if (place === null) throw new Error('The page has no place for the console.');

// Takes the one-time code out of the address before the router reads it; a failure shows in the session's gate.
void session().catch(() => undefined);

createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
