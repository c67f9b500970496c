// What only a desktop can do, as the console's page sees it: `window.desktop`. Data goes over HTTP, never through here.
// Plain types and names only: the preload script that imports this must stay one small file.

/** Where the console's data is and the key to it, for this start of the server. */
export interface AdminConnection {
  /** e.g. `http://127.0.0.1:8441` */
  readonly url: string;
  readonly token: string;
}

/** How the server process is. `attempt` counts restarts since it last ran well. */
export type ServerState =
  | { readonly state: 'starting' }
  | { readonly state: 'running'; readonly lanUrl: string }
  | { readonly state: 'restarting'; readonly attempt: number; readonly inSeconds: number; readonly reason: string }
  | { readonly state: 'stopped'; readonly reason: string };

export type UpdateState =
  | { readonly state: 'none' | 'checking' }
  | { readonly state: 'downloading'; readonly percent: number }
  | { readonly state: 'ready'; readonly version: string }
  | { readonly state: 'failed'; readonly reason: string };

/** Every request the page may make, with its argument and answer. */
export interface DesktopRequests {
  connection: { argument: undefined; answer: AdminConnection };
  'server-state': { argument: undefined; answer: ServerState };
  'restart-server': { argument: undefined; answer: undefined };
  'open-external': { argument: string; answer: boolean };
  'show-in-folder': { argument: string; answer: boolean };
  'starts-at-sign-in': { argument: undefined; answer: boolean };
  'set-starts-at-sign-in': { argument: boolean; answer: boolean };
  'update-state': { argument: undefined; answer: UpdateState };
  'check-for-update': { argument: undefined; answer: UpdateState };
  'install-update': { argument: undefined; answer: undefined };
}

export type DesktopChannel = keyof DesktopRequests;

/** Every message the page may hear. */
export interface DesktopMessages {
  'server-state-changed': ServerState;
  'update-state-changed': UpdateState;
}

/** `window.desktop` inside Electron; undefined in a browser. */
export interface Desktop {
  request<Channel extends DesktopChannel>(
    channel: Channel,
    ...argument: DesktopRequests[Channel]['argument'] extends undefined ? [] : [DesktopRequests[Channel]['argument']]
  ): Promise<DesktopRequests[Channel]['answer']>;
  /** Returns how to stop listening. */
  listen<Message extends keyof DesktopMessages>(message: Message, listener: (content: DesktopMessages[Message]) => void): () => void;
}
