import type { DesktopChannel, DesktopRequests } from '../desktop.contract.ts';
import { appOrigin } from '../windows/app-protocol.ts';
import { requestArguments } from './channels.ts';

/** What of Electron's event this file needs. */
export interface IpcEvent {
  readonly senderFrame: { readonly url: string; readonly parent: object | null } | null;
}

/** The part of `ipcMain` used here, so that tests can stand in for it. */
export interface IpcMainLike {
  handle(channel: string, listener: (event: IpcEvent, argument: unknown) => Promise<unknown>): void;
}

/** A message from a frame that is not our own page. */
export class UntrustedSender extends Error {
  constructor() {
    super('This page may not ask the desktop for anything.');
  }
}

/** True for the top frame of our own page only: no iframe, no other origin, nothing that navigated away. */
export function isTrustedSender({ senderFrame }: IpcEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && URL.canParse(senderFrame.url) && senderFrame.url.startsWith(`${appOrigin}/`);
}

export type RequestHandlers = {
  readonly [Channel in DesktopChannel]: (argument: DesktopRequests[Channel]['argument']) => Promise<DesktopRequests[Channel]['answer']>;
};

/** Answers every request of the contract: sender checked, argument parsed, nothing else reachable. */
export function answerRequests(ipc: IpcMainLike, handlers: RequestHandlers): void {
  for (const channel of Object.keys(requestArguments) as DesktopChannel[]) {
    const schema = requestArguments[channel];
    // The handler's argument type belongs to the same channel as the schema; the loop can't show it to the compiler.
    const handler = handlers[channel] as (argument: unknown) => Promise<unknown>;
    ipc.handle(`desktop:${channel}`, async (event, argument) => {
      if (!isTrustedSender(event)) throw new UntrustedSender();
      return handler(schema.parse(argument ?? undefined));
    });
  }
}
