import { Compose, type ComposeProps } from './compose.tsx';
import { MemberFrame } from './frame.tsx';
import type { MemberView } from './view.ts';

export function NewTicketPage({ view, compose }: { readonly view: MemberView; readonly compose: ComposeProps }) {
  const { base, translator } = view.visit;
  const { t } = translator;
  return (
    <MemberFrame view={view} place="new">
      <div class="narrow">
        <div class="hero">
          <div>
            <h1>{t('form.title')}</h1>
            <p class="lead">{t('form.intro')}</p>
          </div>
        </div>
        <Compose
          {...compose}
          action={`${base}/tickets/new`}
          withSubject
          labels={{ text: t('form.text'), textHint: t('form.textHint'), submit: t('form.submit') }}
        />
      </div>
    </MemberFrame>
  );
}
