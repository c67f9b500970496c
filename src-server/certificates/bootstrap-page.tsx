import { renderToString } from 'preact-render-to-string';
import { drawingStyle, SettingsPicture } from './bootstrap-drawing.tsx';
import type { BootstrapWords } from './bootstrap-words.ts';

/** Which device reads the page, as far as it says. */
export type BootstrapPlatform = 'ios' | 'android' | 'other';

export interface BootstrapPageProps {
  readonly language: string;
  readonly words: BootstrapWords;
  readonly platform: BootstrapPlatform;
  /** `AB:CD:…`, 32 pairs. */
  readonly fingerprint: string;
  /** `https://HOST:PORT` under which this reader finds the desk. */
  readonly origin: string;
  readonly nonce: string;
}

const style = `
:root{color-scheme:light dark;--paper:#fbfaf8;--card:#fff;--ink:#1c2024;--quiet:#60646c;--line:#e4e2dd;--door:#0b5d5b;--on-door:#fff;--soft:#e3efee}
@media(prefers-color-scheme:dark){:root{--paper:#141618;--card:#1b1e21;--ink:#ecedee;--quiet:#9ba1a6;--line:#2b2f33;--door:#5bbdb6;--on-door:#0c1413;--soft:#17302f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:560px;margin:0 auto;padding:24px 16px 48px}
h1{font-size:24px;line-height:1.25;margin:8px 0 8px}
h2{font-size:17px;margin:0 0 8px}
p{margin:0 0 12px}
.quiet{color:var(--quiet)}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:16px;margin-top:16px}
ol{margin:12px 0 0;padding-left:22px}
li{margin-top:6px}
.button{display:flex;align-items:center;justify-content:center;min-height:48px;padding:8px 16px;border-radius:8px;background:var(--door);color:var(--on-door);font-weight:600;text-decoration:none}
.button:focus-visible,summary:focus-visible{outline:3px solid var(--door);outline-offset:2px}
.state{display:flex;gap:8px;align-items:center}.state::before{content:'';flex:none;width:12px;height:12px;border:2px solid var(--quiet);border-radius:50%}.state.trusted{color:var(--door);font-weight:600}.state.trusted::before{background:var(--door);border-color:var(--door)}
.waiting{background:transparent;color:var(--door);border:1px solid var(--door)}
details{margin-top:12px}
summary{cursor:pointer;min-height:24px;color:var(--quiet)}
.groups{display:grid;grid-template-columns:repeat(4,1fr);gap:6px;margin:0;padding:0;list-style:none;font:15px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.groups li{margin:0;padding:6px 0;text-align:center;background:var(--soft);border-radius:6px}
${drawingStyle}`;

// Asks the desk over HTTPS every two seconds: an answer at all proves that this browser trusts the certificate.
const script = `
(function () {
  var goOn = document.getElementById('go-on');
  var state = document.getElementById('state');
  goOn.href = goOn.href.split('#')[0] + location.hash;
  goOn.classList.add('waiting');
  function ask() {
    fetch(goOn.dataset.probe, { mode: 'cors', cache: 'no-store', credentials: 'omit' }).then(
      function () { state.textContent = state.dataset.trusted; state.classList.add('trusted'); goOn.classList.remove('waiting'); },
      function () { setTimeout(ask, 2000); });
  }
  ask();
})();
`;

function Steps({ steps }: { readonly steps: readonly string[] }) {
  return (
    <ol>
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

function Page({ language, words, platform, fingerprint, origin, nonce }: BootstrapPageProps) {
  const steps = { ios: words.iosSteps, android: words.androidSteps, other: words.otherSteps };
  const others = (['ios', 'android', 'other'] as const).filter((name) => name !== platform);
  const pairs = fingerprint.split(':');
  const groups = Array.from({ length: pairs.length / 2 }, (_, index) => pairs.slice(index * 2, index * 2 + 2).join(' '));
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{words.title}</title>
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          <h1>{words.title}</h1>
          <p class="quiet">{words.why}</p>
          <section aria-labelledby="install">
            <h2 id="install">{words.downloadTitle}</h2>
            <a class="button" href={platform === 'ios' ? '/doorline-authority.mobileconfig' : '/doorline-authority.crt'}>
              {words.download}
            </a>
            <Steps steps={steps[platform]} />
            {words.drawings[platform].map((drawing) => (
              <SettingsPicture key={drawing.title} {...drawing} />
            ))}
            {others.map((name) => (
              <details key={name}>
                <summary>{words.otherDevices[name]}</summary>
                <Steps steps={steps[name]} />
              </details>
            ))}
          </section>
          <section aria-labelledby="compare">
            <h2 id="compare">{words.compareTitle}</h2>
            <p>{words.compare}</p>
            <ul class="groups" aria-label="SHA-256">
              {groups.map((group, index) => (
                <li key={`${index}-${group}`}>{group}</li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="next">
            <h2 id="next">{words.goOnTitle}</h2>
            <p>
              <output id="state" class="state" data-trusted={words.trusted}>
                {words.waiting}
              </output>
            </p>
            <a class="button" id="go-on" href={`${origin}/s`} data-probe={`${origin}/trust-probe`}>
              {words.goOn}
            </a>
          </section>
        </main>
        <script nonce={nonce} dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  );
}

/** The page as HTML. Style and script are our own constants; everything else is escaped. */
export function renderBootstrapPage(props: BootstrapPageProps): string {
  return `<!doctype html>${renderToString(<Page {...props} />)}`;
}
