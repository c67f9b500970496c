import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readDeskFilter } from './screens/desk/desk-filter.ts';
import { readNewTicketOrigin } from './screens/desk/new-ticket-origin.ts';
import { NotFound } from './shell/not-found.tsx';
import { ScreenFailed } from './shell/screen-failed.tsx';
import { Shell } from './shell/shell.tsx';

// Every screen of the console. Each is a chunk of its own, so that the first one is there at once.

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: ScreenFailed });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/home/home-screen.tsx'), 'HomeScreen'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  staticData: { isFullWindow: true },
  component: lazyRouteComponent(() => import('./screens/setup/setup-screen.tsx'), 'SetupScreen'),
});

// Settings ----------------------------------------------------------------------------------------------------------------

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./screens/settings/settings-screen.tsx'), 'SettingsScreen'),
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/settings/company-screen.tsx'), 'CompanyScreen'),
});

const companySettings = createRoute({
  getParentRoute: () => settings,
  path: '/company',
  component: lazyRouteComponent(() => import('./screens/settings/company-screen.tsx'), 'CompanyScreen'),
});

const addressSettings = createRoute({
  getParentRoute: () => settings,
  path: '/address',
  component: lazyRouteComponent(() => import('./screens/settings/address-screen.tsx'), 'AddressScreen'),
});

const mailSettings = createRoute({
  getParentRoute: () => settings,
  path: '/mail',
  component: lazyRouteComponent(() => import('./screens/settings/mail-screen.tsx'), 'MailScreen'),
});

const team = createRoute({
  getParentRoute: () => settings,
  path: '/team',
  component: lazyRouteComponent(() => import('./screens/settings/team-screen.tsx'), 'TeamScreen'),
});

const backups = createRoute({
  getParentRoute: () => settings,
  path: '/backups',
  component: lazyRouteComponent(() => import('./screens/settings/backups-screen.tsx'), 'BackupsScreen'),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  component: lazyRouteComponent(() => import('./screens/settings/audit-screen.tsx'), 'AuditScreen'),
});

const consoleSettings = createRoute({
  getParentRoute: () => settings,
  path: '/console',
  component: lazyRouteComponent(() => import('./screens/settings/console-screen.tsx'), 'ConsoleScreen'),
});

const settingsPages = [settingsHome, companySettings, addressSettings, mailSettings, team, backups, audit, consoleSettings];

// Desk --------------------------------------------------------------------------------------------------------------------

const desk = createRoute({
  getParentRoute: () => root,
  path: '/desk',
  validateSearch: readDeskFilter,
  component: lazyRouteComponent(() => import('./screens/desk/desk-screen.tsx'), 'DeskScreen'),
});

const noTicket = createRoute({
  getParentRoute: () => desk,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/desk/no-ticket.tsx'), 'NoTicket'),
});

const newTicket = createRoute({
  getParentRoute: () => desk,
  path: '/new',
  validateSearch: readNewTicketOrigin,
  component: lazyRouteComponent(() => import('./screens/desk/new-ticket-screen.tsx'), 'NewTicketScreen'),
});

const ticket = createRoute({
  getParentRoute: () => desk,
  path: '/$ticketId',
  component: lazyRouteComponent(() => import('./screens/desk/ticket-screen.tsx'), 'TicketScreen'),
});

export const routeTree = root.addChildren([home, setup, settings.addChildren(settingsPages), desk.addChildren([noTicket, newTicket, ticket])]);
