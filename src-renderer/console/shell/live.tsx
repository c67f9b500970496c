import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import type { LiveEvent } from '#server/live/live.contract.ts';
import { liveConnection, type LiveConnection } from '../../api/live.ts';

const LiveContext = createContext<LiveConnection | undefined>(undefined);

/** Connects the screens below to the server's events. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const [connection] = useState(() => liveConnection(queries));
  useEffect(() => connection.open(), [connection]);
  return <LiveContext value={connection}>{children}</LiveContext>;
}

/** Runs for each event of a kind, while the component is on screen. `handle` should be stable. */
export function useLive(kind: LiveEvent['kind'], handle: (event: LiveEvent) => void): void {
  const connection = useContext(LiveContext);
  useEffect(() => {
    return connection?.listen((event) => {
      if (event.kind === kind) handle(event);
    });
  }, [connection, kind, handle]);
}

/** Whether news arrive from the server. True until known otherwise, so that opening does not flash a warning. */
export function useIsConnected(): boolean {
  const connection = useContext(LiveContext);
  const [isConnected, setConnected] = useState(true);
  useEffect(() => connection?.onState(setConnected), [connection]);
  return isConnected;
}
