const saveAfterMilliseconds = 2500;

interface Draft {
  readonly form: HTMLFormElement;
  readonly address: string;
}

function bodyOf({ form }: Draft): URLSearchParams {
  const data = new FormData(form);
  const body = new URLSearchParams({ place: form.dataset['place'] ?? '' });
  for (const name of ['token', 'subject', 'text']) {
    const value = data.get(name);
    if (typeof value === 'string') body.set(name, value);
  }
  return body;
}

/** Keeps what is typed on the server, so that a closed lid or a timed-out session loses nothing. */
function keepDraft(draft: Draft): void {
  const { form, address } = draft;
  const note = document.createElement('span');
  note.className = 'saved';
  note.setAttribute('role', 'status');
  form.querySelector('.actions')?.append(note);

  let timer: number | undefined;
  let isDirty = false;
  async function save(): Promise<void> {
    isDirty = false;
    const answer = await fetch(address, { method: 'POST', body: bodyOf(draft) }).catch(() => undefined);
    note.textContent = answer?.ok === true ? (form.dataset['saved'] ?? '') : '';
    isDirty ||= answer?.ok !== true;
  }
  form.addEventListener('input', () => {
    isDirty = true;
    note.textContent = '';
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void save(), saveAfterMilliseconds);
  });
  form.addEventListener('submit', () => {
    isDirty = false;
    window.clearTimeout(timer);
  });
  window.addEventListener('pagehide', () => {
    if (isDirty) navigator.sendBeacon(address, bodyOf(draft));
  });
}

/** Takes files that are dropped onto the form or pasted into it, as if they had been chosen. */
function takeFiles(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type=file]');
  if (input === null) return;
  const chooser = input;
  function add(files: FileList | undefined): void {
    if (files === undefined || files.length === 0) return;
    const all = new DataTransfer();
    for (const file of [...(chooser.files ?? []), ...files]) all.items.add(file);
    chooser.files = all.files;
  }
  form.addEventListener('dragover', (event) => {
    event.preventDefault();
    form.classList.add('dropping');
  });
  form.addEventListener('dragleave', () => form.classList.remove('dropping'));
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    form.classList.remove('dropping');
    add(event.dataTransfer?.files);
  });
  form.addEventListener('paste', (event) => add(event.clipboardData?.files));
}

/** A second press of the button does nothing more; the server would find the first anyway. */
function sendOnce(form: HTMLFormElement): void {
  let isSending = false;
  form.addEventListener('submit', (event) => {
    if (isSending) event.preventDefault();
    isSending = true;
    form.setAttribute('aria-busy', 'true');
  });
  window.addEventListener('pageshow', () => {
    isSending = false;
    form.removeAttribute('aria-busy');
  });
}

export function enhanceComposing(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-place]')) {
    keepDraft({ form, address: form.dataset['drafts'] ?? '' });
    takeFiles(form);
    sendOnce(form);
  }
}
