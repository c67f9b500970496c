import { Notice, InputField, ProblemSummary, Token } from './forms.tsx';
import { CardFrame } from './frame.tsx';
import type { Problems, View } from './view.ts';

export interface SignInPageProps {
  readonly view: View;
  readonly email: string;
  readonly problems: Problems;
  readonly notices: readonly string[];
  /** Where to go afterwards, inside the portal. */
  readonly next: string | undefined;
}

export function SignInPage({ view, email, problems, notices, next }: SignInPageProps) {
  const { translator, base } = view.visit;
  const { t } = translator;
  return (
    <CardFrame view={view}>
      <h1>{t('signIn.title')}</h1>
      {notices.length > 0 && <Notice kind="info">{notices.join(' ')}</Notice>}
      <ProblemSummary problems={problems} translator={translator} />
      <form method="post" action={`${base}/sign-in`} noValidate>
        <Token token={view.token} />
        {next !== undefined && <input type="hidden" name="next" value={next} />}
        <InputField
          name="email"
          type="email"
          label={t('signIn.email')}
          value={email}
          autoComplete="username"
          maxLength={254}
          problem={problems['email']}
          isFirst={email === ''}
        />
        <InputField
          name="password"
          type="password"
          label={t('signIn.password')}
          autoComplete="current-password"
          problem={problems['password']}
          isFirst={email !== ''}
          reveal={{ show: t('password.show'), hide: t('password.hide') }}
        />
        <button class="primary wide">{t('signIn.submit')}</button>
      </form>
      <p class="after">
        <a href={`${base}/forgotten`}>{t('signIn.forgotten')}</a>
      </p>
      <p class="after hint">{t('signIn.noAccess')}</p>
    </CardFrame>
  );
}
