/** @jsxImportSource preact */
import type { CallNews } from '#server/calls/calls.contract.ts';
import { CloseIcon } from '../parts/icons.tsx';
import { CallLink } from '../parts/place-call.tsx';
import { usePhoneStore } from '../parts/use-phone.tsx';
import { goTo } from '../parts/use-route.ts';
import { words } from '../words/words.ts';

/** A call was missed while the page was open: who it was, and the two next steps. */
export function MissedNotice({ news }: { readonly news: CallNews }) {
  const store = usePhoneStore();
  const contact = news.caller?.contact ?? null;
  const name = news.isWithheld ? words.calling.someone : (news.caller?.display ?? news.displayNumber);
  return (
    <section class="notice" role="alert">
      <p>
        {words.calling.missedFrom}{' '}
        <b>
          <bdi>{name}</bdi>
        </b>
      </p>
      <button type="button" class="round plain" onClick={store.dismissMissed}>
        <CloseIcon />
        <span class="visually-hidden">{words.parts.dismiss}</span>
      </button>
      <div class="acts">
        {contact !== null && (
          <button
            type="button"
            class="button"
            onClick={() => {
              store.dismissMissed();
              goTo('people', contact.id);
            }}
          >
            {words.parts.viewContact}
          </button>
        )}
        {news.number !== null && (
          <CallLink number={news.number} label={words.parts.callBackTo(name)} className="button primary" onCall={store.dismissMissed}>
            {words.parts.callBack}
          </CallLink>
        )}
      </div>
    </section>
  );
}
