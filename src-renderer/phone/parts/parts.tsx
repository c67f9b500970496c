/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { inWords, Refused } from '../device/problem.ts';
import { initials, when } from './format.ts';
import { BackIcon, CloseIcon, SearchIcon } from './icons.tsx';
import { words } from '../words/words.ts';

/** The top of a main screen: its name, and one thing worth knowing. */
export function ScreenTop({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <header class="top">
      <h1>{title}</h1>
      {children}
    </header>
  );
}

/** The top of a screen one went into. */
export function InnerTop({ title, onBack }: { readonly title: string; readonly onBack: () => void }) {
  return (
    <header class="inner-top">
      <button type="button" class="round plain" onClick={onBack}>
        <BackIcon />
        <span class="visually-hidden">{words.parts.back}</span>
      </button>
      <h1>{title}</h1>
    </header>
  );
}

export function Avatar({ name, tone = 'quiet' }: { readonly name: string; readonly tone?: 'quiet' | 'missed' }) {
  return (
    <span class={`avatar ${tone}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/** A page that stands alone, with the desk's mark above it. */
export function Alone({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <main class="alone">
      <img class="mark" src="/phone/icons/icon.svg" alt="" width={48} height={48} />
      <h1>{title}</h1>
      {children}
    </main>
  );
}

/** Says what will be here, and offers the one thing to do. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** Over something that this phone kept: since when, because the desk was not reached. */
export function AsOf({ at }: { readonly at: string | undefined }) {
  return at === undefined ? null : <p class="hint">{words.parts.lastRead(when(at))}</p>;
}

/** What did not come, and a way to try again; of what is gone for good, only that. */
export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  if (error instanceof Refused && error.code === 'not-found') {
    return (
      <div class="empty" role="alert">
        <p class="empty-title">{inWords(error)}</p>
      </div>
    );
  }
  return (
    <div class="empty" role="alert">
      <p class="empty-title">{words.parts.notLoaded}</p>
      <p>{inWords(error)}</p>
      <button type="button" class="button" onClick={onRetry}>
        {words.parts.tryAgain}
      </button>
    </div>
  );
}

/** Rows in the making, as high as the real ones, so that nothing jumps. */
export function Waiting({ rows = 6 }: { readonly rows?: number }) {
  return (
    <output class="waiting">
      <span class="visually-hidden">{words.parts.loading}</span>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} class="row" aria-hidden="true">
          <span class="avatar" />
          <span class="bones">
            <i />
            <i />
          </span>
        </span>
      ))}
    </output>
  );
}

/** Searches people, numbers, companies and tickets. */
export function SearchField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <div class="search">
      <SearchIcon />
      <input
        type="search"
        aria-label={words.parts.search}
        value={value}
        placeholder={words.parts.searchHint}
        autocomplete="off"
        autocorrect="off"
        spellcheck={false}
        enterKeyHint="search"
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {value !== '' && (
        <button type="button" class="round plain" onClick={() => onChange('')}>
          <CloseIcon />
          <span class="visually-hidden">{words.parts.clear}</span>
        </button>
      )}
    </div>
  );
}

/** A switch with what it does under its name. */
export function Switch({
  label,
  hint,
  isOn,
  onTurn,
}: {
  readonly label: string;
  readonly hint: string;
  readonly isOn: boolean;
  readonly onTurn: (isOn: boolean) => void;
}) {
  const id = useId();
  return (
    <label class="setting">
      <b>{label}</b>
      <small id={id}>{hint}</small>
      <input
        type="checkbox"
        role="switch"
        aria-label={label}
        aria-describedby={id}
        aria-checked={isOn}
        checked={isOn}
        onChange={(event) => onTurn(event.currentTarget.checked)}
      />
    </label>
  );
}
