/** @jsxImportSource preact */
import '@fontsource-variable/inter/wght.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { loadKept } from './device/keys.ts';
import { syncWhileClosed } from './device/offline.ts';
import { createPhoneStore } from './device/phone-store.ts';
import { readSecret } from './pairing/pairing-code.ts';
import './phone.css';
import { language } from './words/language.ts';
import { words } from './words/words.ts';

// The page is written in English; here it becomes the reader's.
document.documentElement.lang = language;
document.title = words.title;

const secret = readSecret(location.hash);
// The one-time code must not stay in the address, where history and screenshots keep it.
if (secret !== undefined) history.replaceState(null, '', location.pathname);

const store = createPhoneStore();
// Chromium only; the types of the DOM don't know it.
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  const offer = event as Event & { prompt(): Promise<unknown> };
  store.offerInstall(() => offer.prompt());
});
addEventListener('appinstalled', () => {
  store.offerInstall(undefined);
  void syncWhileClosed()
    .then(store.setSyncsWhileClosed)
    .catch(() => undefined);
});

const root = document.getElementById('phone');
if (root !== null) void loadKept().then(() => render(<App store={store} secret={secret} />, root));
