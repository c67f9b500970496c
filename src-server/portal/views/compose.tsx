import type { ComposeDraft } from '../compose-draft.ts';
import { ProblemSummary, TextField, Token, InputField, Notice } from './forms.tsx';
import { FileIcon } from './icons.tsx';
import { fileSize } from './ticket-parts.tsx';
import type { MemberView, Problems } from './view.ts';

export interface ComposeProps {
  readonly view: MemberView;
  readonly draft: ComposeDraft;
  readonly problems: Problems;
  /** True when the text was kept from an earlier visit. */
  readonly isRestored: boolean;
}

/** Files that are stored already and go with the message when it is sent. Unticked, they are left out. */
function KeptFiles({ view, draft }: ComposeProps) {
  const { visit } = view;
  if (draft.files.length === 0) return null;
  return (
    <fieldset class="kept">
      <legend>{visit.translator.t('files.attached')}</legend>
      {draft.files.map((file) => (
        <label key={file.id}>
          <input type="checkbox" name="keep" value={file.id} checked />
          <FileIcon />
          <span class="file-name" dir="auto">
            {file.fileName}
          </span>
          <span class="hint">{fileSize(visit, file.byteSize)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function FileField({ view, problem }: { readonly view: MemberView; readonly problem: string | undefined }) {
  const { translator, settings } = view.visit;
  const { t } = translator;
  return (
    <div class={problem === undefined ? 'field files' : 'field files wrong'}>
      <label for="files">{t('files.label')}</label>
      {problem !== undefined && (
        <p class="problem" id="files-problem">
          {problem}
        </p>
      )}
      <input type="file" id="files" name="files" multiple aria-describedby={problem === undefined ? 'files-hint' : 'files-problem files-hint'} />
      <p class="hint" id="files-hint">
        {t('files.hint', { count: settings.maxAttachmentMegabytes })}
      </p>
    </div>
  );
}

const discardForm = 'discard';

/**
 * Throws a draft away. A form of its own: Enter in a field presses the first button of the form it is in, and that must
 * be the one that sends.
 */
function DiscardForm({ action, token }: { readonly action: string; readonly token: string }) {
  return (
    <form method="post" action={action} enctype="multipart/form-data" id={discardForm}>
      <Token token={token} />
      <input type="hidden" name="discard" value="yes" />
    </form>
  );
}

/** The form for a reply or a new ticket. `data-place` lets the script keep what is typed as a draft. */
export function Compose(
  props: ComposeProps & {
    readonly action: string;
    readonly withSubject: boolean;
    readonly labels: { readonly text: string; readonly textHint?: string; readonly submit: string };
  },
) {
  const { view, draft, problems, action, labels, withSubject, isRestored } = props;
  const { base, translator } = view.visit;
  const { t } = translator;
  const form = (
    <form
      method="post"
      action={action}
      enctype="multipart/form-data"
      noValidate
      data-place={draft.place}
      data-drafts={`${base}/draft`}
      data-saved={t('draft.saved')}
    >
      {/* First, because the server reads no file before it has seen the token. */}
      <Token token={view.token} />
      <input type="hidden" name="sending" value={draft.sending} />
      {isRestored && (
        <Notice kind="info">
          {t('draft.restored')}{' '}
          <button class="link" form={discardForm}>
            {t('draft.discard')}
          </button>
        </Notice>
      )}
      <ProblemSummary problems={problems} translator={translator} />
      {withSubject && (
        <InputField
          name="subject"
          label={t('form.subject')}
          hint={t('form.subjectHint')}
          value={draft.subject}
          problem={problems['subject']}
          autoComplete="off"
          isFirst={draft.subject === ''}
        />
      )}
      <TextField
        name="text"
        label={labels.text}
        {...(labels.textHint === undefined ? {} : { hint: labels.textHint })}
        value={draft.text}
        rows={withSubject ? 10 : 6}
        problem={problems['text']}
      />
      <KeptFiles {...props} />
      <FileField view={view} problem={problems['files']} />
      <div class="actions">
        <button class="primary">{labels.submit}</button>
        {withSubject && <a href={`${base}/tickets`}>{t('form.cancel')}</a>}
      </div>
    </form>
  );
  return (
    <>
      {form}
      {isRestored && <DiscardForm action={action} token={view.token} />}
    </>
  );
}
