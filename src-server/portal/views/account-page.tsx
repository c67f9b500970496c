import { portalLanguages } from '../../locales/locales.ts';
import type { SessionSummary } from '../../members/sessions.service.ts';
import { browserName } from '../user-agent.ts';
import { InputField, Notice, ProblemSummary, Token } from './forms.tsx';
import { MemberFrame } from './frame.tsx';
import type { MemberView, Problems } from './view.ts';

export interface AccountPageProps {
  readonly view: MemberView;
  readonly sessions: readonly SessionSummary[];
  readonly problems: Problems;
  readonly notice: string | undefined;
}

function Person({ view }: { readonly view: MemberView }) {
  const { t } = view.visit.translator;
  return (
    <section>
      <dl class="person">
        <div>
          <dt>{t('account.name')}</dt>
          <dd dir="auto">{view.member.name}</dd>
        </div>
        <div>
          <dt>{t('account.email')}</dt>
          <dd>{view.member.email}</dd>
        </div>
      </dl>
      <p class="hint">{t(view.visit.settings.canFileTickets ? 'account.personalHint' : 'account.personalHintNoFiling')}</p>
    </section>
  );
}

function LanguageChoice({ view }: { readonly view: MemberView }) {
  const { base, translator, settings } = view.visit;
  const { t } = translator;
  if (settings.languages.length < 2) return null;
  return (
    <section>
      <h2>{t('account.languageTitle')}</h2>
      <form method="post" action={`${base}/language`} class="row">
        <Token token={view.token} />
        <input type="hidden" name="next" value="account" />
        <div class="field">
          <label for="language">{t('account.languageLabel')}</label>
          <select id="language" name="language">
            {portalLanguages
              .filter((language) => settings.languages.includes(language.code))
              .map(({ code, name }) => (
                <option key={code} value={code} lang={code} selected={code === translator.language}>
                  {name}
                </option>
              ))}
          </select>
        </div>
        <button>{t('account.languageSave')}</button>
      </form>
    </section>
  );
}

function PasswordForm({ view, problems }: AccountPageProps) {
  const { base, translator } = view.visit;
  const { t } = translator;
  const reveal = { show: t('password.show'), hide: t('password.hide') };
  return (
    <section>
      <h2>{t('account.passwordTitle')}</h2>
      <form method="post" action={`${base}/account/password`} noValidate>
        <Token token={view.token} />
        <input class="unseen" type="email" name="username" value={view.member.email} autocomplete="username" readOnly tabIndex={-1} aria-hidden="true" />
        <InputField name="current" type="password" label={t('account.current')} autoComplete="current-password" problem={problems['current']} reveal={reveal} />
        <InputField
          name="password"
          type="password"
          label={t('password.new')}
          hint={t('password.hint')}
          autoComplete="new-password"
          problem={problems['password']}
          reveal={reveal}
        />
        <button>{t('account.change')}</button>
      </form>
    </section>
  );
}

function Sessions({ view, sessions }: AccountPageProps) {
  const { visit } = view;
  const { base, translator } = visit;
  const { t } = translator;
  return (
    <section>
      <h2>{t('account.sessionsTitle')}</h2>
      <p class="hint">{t('account.sessionsText')}</p>
      <ul class="sessions">
        {sessions.map((session) => {
          const known = browserName(session.userAgent);
          const name = known === null ? t('account.unknownBrowser') : t('account.browserOn', known);
          const isThis = session.id === view.member.id;
          return (
            <li key={session.id}>
              <div>
                <strong>{name}</strong>
                {isThis && <span class="chip on">{t('account.thisBrowser')}</span>}
                <p class="hint">
                  {t('account.lastSeen', { time: visit.times.short(session.lastSeenAt) })} · {session.ip}
                </p>
              </div>
              {!isThis && (
                <form method="post" action={`${base}/account/sessions`}>
                  <Token token={view.token} />
                  <button name="session" value={session.id} aria-label={t('account.endOf', { browser: name })}>
                    {t('account.end')}
                  </button>
                </form>
              )}
            </li>
          );
        })}
      </ul>
      <form method="post" action={`${base}/account/sign-out-everywhere`}>
        <Token token={view.token} />
        <button>{t('account.everywhere')}</button>
      </form>
    </section>
  );
}

export function AccountPage(props: AccountPageProps) {
  const { view, problems, notice } = props;
  const { translator } = view.visit;
  return (
    <MemberFrame view={view} place="account">
      <div class="narrow sections">
        <div class="hero">
          <h1>{translator.t('account.title')}</h1>
        </div>
        {notice !== undefined && <Notice kind="good">{notice}</Notice>}
        <ProblemSummary problems={problems} translator={translator} />
        <Person view={view} />
        <LanguageChoice view={view} />
        <PasswordForm {...props} />
        <Sessions {...props} />
      </div>
    </MemberFrame>
  );
}
