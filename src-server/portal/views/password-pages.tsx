import { InputField, ProblemSummary, Token } from './forms.tsx';
import { CardFrame } from './frame.tsx';
import type { Problems, View } from './view.ts';

/** Where someone with a link chooses a password: their first, or a new one. */
export function ChoosePasswordPage(props: {
  readonly view: View;
  readonly kind: 'invitation' | 'password-reset';
  /** Where the form goes: the address of the link itself. */
  readonly action: string;
  readonly name: string;
  readonly email: string;
  readonly problems: Problems;
}) {
  const { view, kind, action, name, email, problems } = props;
  const { translator } = view.visit;
  const { t } = translator;
  const isInvitation = kind === 'invitation';
  return (
    <CardFrame view={view}>
      <h1 dir="auto">{isInvitation ? t('password.invitationTitle', { name }) : t('password.resetTitle')}</h1>
      <p class="lead">{t(isInvitation ? 'password.invitationIntro' : 'password.resetIntro', { email })}</p>
      <ProblemSummary problems={problems} translator={translator} />
      <form method="post" action={action} noValidate>
        <Token token={view.token} />
        {/* Password managers keep the new password under this name. */}
        <input class="unseen" type="email" name="username" value={email} autocomplete="username" readOnly tabIndex={-1} aria-hidden="true" />
        <InputField
          name="password"
          type="password"
          label={t('password.new')}
          hint={t('password.hint')}
          autoComplete="new-password"
          problem={problems['password']}
          isFirst
          reveal={{ show: t('password.show'), hide: t('password.hide') }}
        />
        <button class="primary wide">{t('password.submit')}</button>
      </form>
    </CardFrame>
  );
}

export function LinkGonePage({ view }: { readonly view: View }) {
  const { translator, base } = view.visit;
  return (
    <CardFrame view={view}>
      <h1>{translator.t('link.title')}</h1>
      <p class="lead">{translator.t('link.text')}</p>
      <p class="after">
        <a class="button primary wide" href={`${base}/forgotten`}>
          {translator.t('link.action')}
        </a>
      </p>
    </CardFrame>
  );
}

export function ForgottenPage({ view, email, problems }: { readonly view: View; readonly email: string; readonly problems: Problems }) {
  const { translator, base } = view.visit;
  const { t } = translator;
  return (
    <CardFrame view={view}>
      <h1>{t('forgotten.title')}</h1>
      <p class="lead">{t('forgotten.intro')}</p>
      <ProblemSummary problems={problems} translator={translator} />
      <form method="post" action={`${base}/forgotten`} noValidate>
        <Token token={view.token} />
        <InputField
          name="email"
          type="email"
          label={t('signIn.email')}
          value={email}
          autoComplete="username"
          maxLength={254}
          problem={problems['email']}
          isFirst
        />
        <button class="primary wide">{t('forgotten.submit')}</button>
      </form>
      <p class="after">
        <a href={`${base}/sign-in`}>{t('forgotten.back')}</a>
      </p>
    </CardFrame>
  );
}

export function ForgottenSentPage({ view, email }: { readonly view: View; readonly email: string }) {
  const { translator, base } = view.visit;
  const { t } = translator;
  return (
    <CardFrame view={view}>
      <h1>{t('forgotten.sentTitle')}</h1>
      <p class="lead">{t('forgotten.sentText', { email })}</p>
      <p class="hint">{t('forgotten.sentHint')}</p>
      <p class="after">
        <a href={`${base}/sign-in`}>{t('forgotten.back')}</a>
      </p>
    </CardFrame>
  );
}
