/** What makes the phone page installable (W3C Web Application Manifest). */
export function webManifest(deskName: string) {
  const shortest = deskName.length > 12 ? 'Doorline' : deskName;
  return {
    id: '/phone/',
    name: deskName === 'Doorline' ? deskName : `${deskName} – Doorline`,
    short_name: shortest,
    description: 'Who calls, what is open, what to follow up.',
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
