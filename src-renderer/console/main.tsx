import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import './mantine-variables.css';
import './look.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { acceptNewLinks, session } from '../api/session.ts';
import { App } from './app.tsx';
import { makeRouter } from './router.ts';

const place = document.querySelector('#console');
if (place === null) throw new Error('The page has no place for the console.');

// Both before the router reads the address: a one-time code in it is taken out. A failure shows in the session's gate.
acceptNewLinks(() => router.state.location.href);
void session().catch(() => undefined);
const router = makeRouter();

createRoot(place).render(
  <StrictMode>
    <App router={router} />
  </StrictMode>,
);
