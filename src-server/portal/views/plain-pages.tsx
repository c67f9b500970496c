import { CardFrame } from './frame.tsx';
import type { View } from './view.ts';

/** Something that can't be shown or done: why, and the way back. `reference` is for whoever helps. */
export function ProblemPage(props: { readonly view: View; readonly title: string; readonly text: string; readonly reference?: string | undefined }) {
  const { view, title, text, reference } = props;
  return (
    <CardFrame view={view}>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      {reference !== undefined && (
        <p>
          <code>{reference}</code>
        </p>
      )}
      <p class="after">
        <a class="button wide" href={`${view.visit.base}/`}>
          {view.visit.translator.t('error.home')}
        </a>
      </p>
    </CardFrame>
  );
}

// The closed page asks for no other file, because while the portal is closed nothing else answers. The style holds no
// character that would be escaped.
const closedStyle =
  'body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;box-sizing:border-box;font:16px/1.5 system-ui,sans-serif;background:#fbfaf8;color:#1c2024;text-align:center}' +
  'h1{font-size:24px;margin:0 0 8px}p{margin:0;color:#60646c}@media(prefers-color-scheme:dark){body{background:#141618;color:#ecedee}p{color:#9ba1a6}}';

export function ClosedPage(props: {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly nonce: string;
  readonly title: string;
  readonly text: string;
}) {
  return (
    <html lang={props.language} dir={props.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{props.title}</title>
        <link rel="icon" href="data:," />
        <style nonce={props.nonce}>{closedStyle}</style>
      </head>
      <body>
        <main>
          <h1>{props.title}</h1>
          <p>{props.text}</p>
        </main>
      </body>
    </html>
  );
}
