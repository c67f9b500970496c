/** Warns before the session's idle end, in every open tab, and says so when it has come. */
export function watchIdle(): void {
  const found = document.querySelector<HTMLDialogElement>('dialog#idle');
  if (found === null) return;
  const dialog = found;
  const gone = document.querySelector<HTMLDialogElement>('dialog#gone');
  const ask = dialog.dataset['ask'] ?? '';
  const warnSeconds = Number(dialog.dataset['warn']);
  const countdown = dialog.querySelector<HTMLElement>('.countdown');
  let timer: number | undefined;
  let ticking: number | undefined;

  // Timers sleep with the computer; asking the server afterwards is what counts. Another tab may have been used since.
  async function look(): Promise<void> {
    const answer = await fetch(ask, { headers: { accept: 'application/json' } }).catch(() => undefined);
    if (answer?.ok !== true) return wait(60);
    const { left } = (await answer.json()) as { left: number };
    show(left);
  }

  function show(left: number): void {
    if (left <= 0) {
      dialog.close();
      if (gone !== null && !gone.open) gone.showModal();
      return;
    }
    if (left <= warnSeconds) {
      if (!dialog.open) dialog.showModal();
      countDown(left);
      wait(Math.min(left, 10));
      return;
    }
    if (dialog.open) dialog.close();
    wait(left - warnSeconds);
  }

  function countDown(left: number): void {
    const ends = Date.now() + left * 1000;
    function tick(): void {
      const seconds = Math.max(0, Math.round((ends - Date.now()) / 1000));
      if (countdown !== null) countdown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
      if (!dialog.open) window.clearInterval(ticking);
    }
    window.clearInterval(ticking);
    ticking = window.setInterval(tick, 1000);
    tick();
  }

  function wait(seconds: number): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), Math.max(1, Math.min(seconds, 3600)) * 1000);
  }

  dialog.querySelector('form')?.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    dialog.close();
    void fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>), redirect: 'manual' }).then(
      look,
      look,
    );
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void look();
  });
  wait(Number(dialog.dataset['left']) - warnSeconds);
}
