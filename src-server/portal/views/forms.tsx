import type { ComponentChildren } from 'preact';
import type { Translator } from '../../locales/locales.ts';
import { DoneIcon } from './icons.tsx';
import { hasProblems, type Problems } from './view.ts';

export function Token({ token }: { readonly token: string }) {
  return <input type="hidden" name="token" value={token} />;
}

export function SignOutForm({ base, token, label }: { readonly base: string; readonly token: string; readonly label: string }) {
  return (
    <form method="post" action={`${base}/sign-out`}>
      <Token token={token} />
      <button>{label}</button>
    </form>
  );
}

/** What is wrong, all of it, with links to the fields. Nothing when nothing is. */
export function ProblemSummary({ problems, translator }: { readonly problems: Problems; readonly translator: Translator }) {
  if (!hasProblems(problems)) return null;
  const [[only, text] = ['', undefined], ...others] = Object.entries(problems).filter(([, problem]) => problem !== undefined);
  if (only === '' && others.length === 0) {
    return (
      <p class="notice bad" role="alert" tabIndex={-1} id="problems">
        {text}
      </p>
    );
  }
  return (
    <div class="notice bad" role="alert" tabIndex={-1} id="problems">
      <strong>{translator.t('frame.problemTitle')}</strong>
      <ul>
        {Object.entries(problems).map(
          ([field, problem]) => problem !== undefined && <li key={field}>{field === '' ? problem : <a href={`#${field}`}>{problem}</a>}</li>,
        )}
      </ul>
    </div>
  );
}

/** Says that something went well, or what to know before going on. */
export function Notice({ kind, children }: { readonly kind: 'good' | 'info'; readonly children: ComponentChildren }) {
  return (
    <output class={`notice ${kind}`}>
      {kind === 'good' && <DoneIcon />}
      <span>{children}</span>
    </output>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
}

function describedBy({ name, hint, problem }: FieldProps): string | undefined {
  const ids = [problem === undefined ? [] : [`${name}-problem`], hint === undefined ? [] : [`${name}-hint`]].flat();
  return ids.length === 0 ? undefined : ids.join(' ');
}

/** A label, its hint and what is wrong with the field, tied to it for assistive technology. */
function Field({ field, children }: { readonly field: FieldProps; readonly children: ComponentChildren }) {
  const { name, label, hint, problem } = field;
  return (
    <div class={problem === undefined ? 'field' : 'field wrong'}>
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {problem !== undefined && (
        <p class="problem" id={`${name}-problem`}>
          {problem}
        </p>
      )}
      {children}
    </div>
  );
}

export interface InputProps extends FieldProps {
  readonly type?: 'text' | 'email' | 'password';
  readonly value?: string;
  readonly autoComplete?: string;
  readonly maxLength?: number;
  readonly isFirst?: boolean;
  /** Words of the button that shows a password; the script adds it. */
  readonly reveal?: { readonly show: string; readonly hide: string };
}

export function InputField(props: InputProps) {
  const { name, type = 'text', value = '', problem, reveal } = props;
  const common = {
    id: name,
    name,
    value,
    required: true,
    autocomplete: props.autoComplete,
    maxLength: props.maxLength,
    autofocus: props.isFirst,
    'aria-invalid': problem === undefined ? undefined : ('true' as const),
    'aria-describedby': describedBy(props),
  };
  return (
    <Field field={props}>
      {type === 'text' && <input type="text" dir="auto" {...common} />}
      {type === 'email' && <input type="email" spellcheck={false} {...common} />}
      {type === 'password' && <input type="password" {...common} data-show={reveal?.show} data-hide={reveal?.hide} />}
    </Field>
  );
}

export function TextField(props: FieldProps & { readonly value: string; readonly rows: number }) {
  const { name, value, rows, problem } = props;
  return (
    <Field field={props}>
      <textarea
        id={name}
        name={name}
        rows={rows}
        required
        dir="auto"
        maxLength={100_000}
        aria-invalid={problem === undefined ? undefined : 'true'}
        aria-describedby={describedBy(props)}
      >
        {/* Browsers drop a first line break. */}
        {value.startsWith('\n') ? `\n${value}` : value}
      </textarea>
    </Field>
  );
}
