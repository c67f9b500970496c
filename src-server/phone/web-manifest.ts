import type { SetupLanguage } from '../enrolment/enrolment.contract.ts';
import { shownText } from '../kernel/shown-text.ts';

const descriptions: Readonly<Record<SetupLanguage, string>> = {
  en: 'Who calls, what is open, what to follow up.',
  de: 'Wer anruft, was offen ist, was zu erledigen ist.',
  pl: 'Kto dzwoni, co jest otwarte, co jest do zrobienia.',
};

/** What makes the phone page installable (W3C Web Application Manifest), in the language of whoever installs it. */
export function webManifest(companyName: string, language: SetupLanguage) {
  const deskName = shownText(companyName);
  const shortest = deskName.length > 12 ? 'Doorline' : deskName;
  return {
    id: '/phone/',
    lang: language,
    name: deskName === 'Doorline' ? deskName : `${deskName} – Doorline`,
    short_name: shortest,
    description: descriptions[language],
    start_url: '/phone/',
    scope: '/phone/',
    display: 'standalone',
    orientation: 'portrait-primary',
    background_color: '#fbfaf8',
    theme_color: '#0b5d5b',
    icons: [
      { src: '/phone/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/phone/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/phone/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
