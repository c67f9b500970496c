import { ActionIcon, Drawer } from '@mantine/core';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { useState } from 'react';
import { Announcer } from '../../ui/announcer.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { Toaster } from '../../ui/toasts.tsx';
import { RingingCalls } from '../screens/calls/ringing-calls.tsx';
import { Brand } from './brand.tsx';
import { CommandPalette } from './command-palette.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { destinations } from './navigation.ts';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { ShortcutHelp } from './shortcut-help.tsx';

/** What stands around every screen: the rail, the command palette, messages. */
export function Shell() {
  const navigate = useNavigate();
  const isFullWindow = useRouterState({ select: (state) => state.matches.some((match) => match.staticData.isFullWindow === true) });
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);

  useShortcuts({
    ...Object.fromEntries(destinations.map(({ shortcut, to }) => [shortcut, () => void navigate({ to })])),
    'mod+k': () => setPaletteOpen(true),
    '/': () => setPaletteOpen(true),
    '?': () => setHelpOpen(true),
  });

  return (
    <div className={styles.shell} data-full={isFullWindow || undefined}>
      <a className={styles.skip} href="#content" onClick={skipToContent}>
        Skip to the content
      </a>
      {isFullWindow ? null : (
        <div className={styles.rail}>
          <Rail onSearch={() => setPaletteOpen(true)} />
        </div>
      )}
      <nav className={styles.top} aria-label="Menu" hidden={isFullWindow}>
        <ActionIcon aria-label="Open the menu" aria-expanded={isMenuOpen} onClick={() => setMenuOpen(true)}>
          <Menu size={18} aria-hidden="true" />
        </ActionIcon>
        <Brand />
      </nav>
      <main className={styles.main} id="content" tabIndex={-1}>
        <ConnectionNotice />
        <div className={styles.screen}>
          <Outlet />
        </div>
      </main>
      <Drawer
        opened={isMenuOpen}
        onClose={() => setMenuOpen(false)}
        size={264}
        title={<Brand />}
        padding={0}
        classNames={{ body: styles.drawer ?? '', header: styles.drawerHead ?? '' }}
      >
        <Rail
          onSearch={() => {
            setMenuOpen(false);
            setPaletteOpen(true);
          }}
          onGo={() => setMenuOpen(false)}
        />
      </Drawer>
      <CommandPalette isOpen={isPaletteOpen} onClose={() => setPaletteOpen(false)} />
      <ShortcutHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      <RingingCalls />
      <Toaster />
      <Announcer />
    </div>
  );
}

/** The address after `#` belongs to the router, so the jump is made by hand. */
function skipToContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#content')?.focus();
}
