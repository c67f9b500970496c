import { Token } from './forms.tsx';
import type { MemberView } from './view.ts';

/** How long before the session ends the script warns. */
export const warnSeconds = 120;

/** Asked before the idle end. The script opens it; without the script the server keeps what a late form holds. */
export function IdleDialog({ view }: { readonly view: MemberView }) {
  const { base, translator, now } = view.visit;
  const { t } = translator;
  const left = Math.round((Math.min(Date.parse(view.member.idleEndsAt), Date.parse(view.member.expiresAt)) - now.getTime()) / 1000);
  return (
    <>
      <dialog id="idle" data-left={left} data-warn={warnSeconds} data-ask={`${base}/session`} aria-labelledby="idle-title">
        <form method="post" action={`${base}/session`}>
          <Token token={view.token} />
          <h2 id="idle-title">{t('idle.title')}</h2>
          <p>{t('idle.text', { count: warnSeconds / 60 })}</p>
          <div class="countdown" role="timer" />
          <button class="primary" autofocus>
            {t('idle.stay')}
          </button>
        </form>
      </dialog>
      <dialog id="gone" aria-labelledby="gone-title">
        <h2 id="gone-title">{t('idle.goneTitle')}</h2>
        <p>{t('idle.goneText')}</p>
        <a class="button primary" href={`${base}/sign-in`}>
          {t('idle.goneAction')}
        </a>
      </dialog>
    </>
  );
}
