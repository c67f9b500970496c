import type { ComponentChildren } from 'preact';
import { portalLanguages } from '../../locales/locales.ts';
import type { Visit } from '../visit.ts';
import { SignOutForm } from './forms.tsx';
import type { View } from './view.ts';

/** The company's name and the portal's title, set as one mark. */
export function Brand({ visit }: { readonly visit: Visit }) {
  const { companyName, settings, base } = visit;
  const isTitleEnough = companyName === '' || settings.title.toLowerCase().includes(companyName.toLowerCase());
  return (
    <a class="brand" href={`${base}/`} dir="auto">
      {isTitleEnough ? (
        settings.title
      ) : (
        <>
          {companyName}
          <span class="dot">·</span>
          {settings.title}
        </>
      )}
    </a>
  );
}

/** Chooses among the portal's languages; nothing when there is one. */
export function LanguageMenu({ visit, token }: View) {
  const { settings, translator, base } = visit;
  if (settings.languages.length < 2) return null;
  const offered = portalLanguages.filter((language) => settings.languages.includes(language.code));
  return (
    <details class="menu">
      <summary>
        <span aria-hidden="true">{translator.language.split('-')[0]?.toUpperCase()}</span>
        <span class="unseen">{translator.t('frame.language')}</span>
      </summary>
      <form method="post" action={`${base}/language`} class="sheet">
        <input type="hidden" name="token" value={token} />
        {offered.map(({ code, name }) => (
          <button key={code} name="language" value={code} lang={code} aria-current={code === translator.language ? 'true' : undefined}>
            {name}
          </button>
        ))}
      </form>
    </details>
  );
}

function MemberMenu({ visit, token }: View) {
  const { session, translator, base } = visit;
  if (session === undefined) return null;
  const { t } = translator;
  return (
    <details class="menu member">
      <summary aria-label={t('frame.menuOf', { name: session.name })}>
        <span class="name" dir="auto">
          {session.name}
        </span>
      </summary>
      <div class="sheet">
        <span class="who" dir="auto">
          {session.email}
        </span>
        <a href={`${base}/account`}>{t('frame.account')}</a>
        <SignOutForm base={base} token={token} label={t('frame.signOut')} />
      </div>
    </details>
  );
}

export type Place = 'tickets' | 'new' | 'account';

/** The frame of a member's page. */
export function MemberFrame({ view, place, children }: { readonly view: View; readonly place?: Place | undefined; readonly children: ComponentChildren }) {
  const { visit } = view;
  const { t } = visit.translator;
  return (
    <>
      <a class="skip" href="#main">
        {t('frame.skip')}
      </a>
      <header class="top">
        <div class="in">
          <Brand visit={visit} />
          <nav aria-label={t('frame.mainNavigation')}>
            <a href={`${visit.base}/tickets`} aria-current={place === 'tickets' ? 'page' : undefined}>
              {t('frame.tickets')}
            </a>
            {visit.settings.canFileTickets && (
              <a href={`${visit.base}/tickets/new`} aria-current={place === 'new' ? 'page' : undefined}>
                {t('frame.fileTicket')}
              </a>
            )}
          </nav>
          <LanguageMenu {...view} />
          <MemberMenu {...view} />
        </div>
      </header>
      <main id="main" class="in" tabIndex={-1}>
        {children}
      </main>
      <ZoneHint visit={visit} />
    </>
  );
}

function ZoneHint({ visit }: { readonly visit: Visit }) {
  if (visit.isZoneKnown) return null;
  return <footer class="in hint zone-hint">{visit.translator.t('frame.zoneHint', { zone: visit.times.zone })}</footer>;
}

/** The frame of a page before signing in: one card in the middle. */
export function CardFrame({ view, children }: { readonly view: View; readonly children: ComponentChildren }) {
  return (
    <div class="gate">
      <header>
        <Brand visit={view.visit} />
        <LanguageMenu {...view} />
      </header>
      <main id="main" class="card">
        {children}
      </main>
    </div>
  );
}
