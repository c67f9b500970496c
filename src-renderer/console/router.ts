import { createHashHistory, createRouter, type RouterHistory } from '@tanstack/react-router';
import { routeTree } from './routes.tsx';

/** Addresses stand after `#`, so that one page serves them all, from the server and from the desktop's own protocol. */
export function makeRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({ routeTree, history, defaultPreload: 'intent', defaultPreloadDelay: 80, scrollRestoration: true });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
  interface StaticDataRouteOption {
    /** Takes the whole window, without the rail: wizards. */
    isFullWindow?: boolean;
  }
}
