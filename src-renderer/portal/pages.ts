/** Tells the server the visitor's time zone, with the next request. */
function tellZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  document.cookie = `doorline-zone=${encodeURIComponent(zone)}; Path=/; Max-Age=31536000; SameSite=Lax; Secure`;
}

/** Adds a button that shows what is typed into a password field. */
function addReveal(input: HTMLInputElement): void {
  const { show, hide } = input.dataset;
  if (show === undefined || hide === undefined) return;
  const frame = document.createElement('span');
  frame.className = 'reveal';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = show;
  button.setAttribute('aria-controls', input.id);
  button.addEventListener('click', () => {
    const isHidden = input.type === 'password';
    input.type = isHidden ? 'text' : 'password';
    button.textContent = isHidden ? hide : show;
    input.focus();
  });
  const hadFocus = document.activeElement === input;
  input.replaceWith(frame);
  frame.append(input, button);
  if (hadFocus) input.focus();
}

/** Closes open menus on Escape and on a click elsewhere, as people expect of menus. */
function closeMenus(): void {
  const menus = () => document.querySelectorAll<HTMLDetailsElement>('details.menu[open]');
  document.addEventListener('click', (event) => {
    for (const menu of menus()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });
}

export function enhancePages(): void {
  tellZone();
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-show]')) addReveal(input);
  closeMenus();
  // A form that came back with something wrong says so at once.
  document.getElementById('problems')?.focus();
}
