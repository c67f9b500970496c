import { Menu, Tray } from 'electron';
import type { ServerState } from '../desktop.contract.ts';

/** The server's state in a few words, for the tray's tooltip and first line. */
export function describeState({ state }: ServerState): string {
  return words[state];
}

const words: Readonly<Record<ServerState['state'], string>> = {
  starting: 'Doorline is starting',
  running: 'Doorline is running',
  restarting: 'Doorline is restarting',
  stopped: 'Doorline has stopped',
};

export interface TrayActions {
  readonly open: () => void;
  readonly restartServer: () => void;
  readonly quit: () => void;
}

/** The icon that shows that the desk goes on serving with its window closed. */
export function createTray(icon: string, actions: TrayActions): { show(state: ServerState): void } {
  const tray = new Tray(icon);
  tray.on('click', actions.open);
  return {
    show(state) {
      tray.setToolTip(describeState(state));
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: describeState(state), enabled: false },
          { type: 'separator' },
          { label: 'Open Doorline', click: actions.open },
          { label: 'Restart the server', click: actions.restartServer },
          { type: 'separator' },
          { label: 'Quit (customers and phones lose the connection)', click: actions.quit },
        ]),
      );
    },
  };
}
