import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readCallFilter } from './screens/calls/call-filter.ts';
import { readReportSearch } from './screens/calls/report/report-range.ts';
import { readDeskFilter } from './screens/desk/desk-filter.ts';
import { readNewTicketOrigin } from './screens/desk/new-ticket-origin.ts';
import { readNewContactStart, readPeopleSearch } from './screens/people/people-search.ts';
import { readSystemsSearch } from './screens/desk-phones/systems-search.ts';
import { readPhonesSearch } from './screens/phones/phones-search.ts';
import { readMembersSearch } from './screens/portal/members-search.ts';
import { readAuditFilter } from './screens/settings/audit-filter.ts';
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

const callsSettings = createRoute({
  getParentRoute: () => settings,
  path: '/calls',
  component: lazyRouteComponent(() => import('./screens/settings/calls-screen.tsx'), 'CallsScreen'),
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
  validateSearch: readAuditFilter,
  component: lazyRouteComponent(() => import('./screens/settings/audit-screen.tsx'), 'AuditScreen'),
});

const consoleSettings = createRoute({
  getParentRoute: () => settings,
  path: '/console',
  component: lazyRouteComponent(() => import('./screens/settings/console-screen.tsx'), 'ConsoleScreen'),
});

const settingsPages = [settingsHome, companySettings, addressSettings, mailSettings, callsSettings, team, backups, audit, consoleSettings];

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

// People ------------------------------------------------------------------------------------------------------------------

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import('./screens/people/contacts-screen.tsx'), 'ContactsScreen'),
});

const companies = createRoute({
  getParentRoute: () => root,
  path: '/people/companies',
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import('./screens/people/companies-screen.tsx'), 'CompaniesScreen'),
});

const newCompany = createRoute({
  getParentRoute: () => root,
  path: '/people/companies/new',
  component: lazyRouteComponent(() => import('./screens/people/new-company-screen.tsx'), 'NewCompanyScreen'),
});

const company = createRoute({
  getParentRoute: () => root,
  path: '/people/companies/$companyId',
  component: lazyRouteComponent(() => import('./screens/people/company-screen.tsx'), 'CompanyScreen'),
});

const deals = createRoute({
  getParentRoute: () => root,
  path: '/people/deals',
  component: lazyRouteComponent(() => import('./screens/people/deals-screen.tsx'), 'DealsScreen'),
});

const lists = createRoute({
  getParentRoute: () => root,
  path: '/people/lists',
  component: lazyRouteComponent(() => import('./screens/people/lists-screen.tsx'), 'ListsScreen'),
});

const newList = createRoute({
  getParentRoute: () => root,
  path: '/people/lists/new',
  component: lazyRouteComponent(() => import('./screens/people/new-list-screen.tsx'), 'NewListScreen'),
});

const list = createRoute({
  getParentRoute: () => root,
  path: '/people/lists/$listId',
  component: lazyRouteComponent(() => import('./screens/people/list-screen.tsx'), 'ListScreen'),
});

const numbers = createRoute({
  getParentRoute: () => root,
  path: '/people/numbers',
  component: lazyRouteComponent(() => import('./screens/people/numbers-screen.tsx'), 'NumbersScreen'),
});

const suggestedEdits = createRoute({
  getParentRoute: () => root,
  path: '/people/suggested-edits',
  component: lazyRouteComponent(() => import('./screens/people/suggested-edits-screen.tsx'), 'SuggestedEditsScreen'),
});

const simulate = createRoute({
  getParentRoute: () => root,
  path: '/people/simulate',
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import('./screens/people/simulate-screen.tsx'), 'SimulateScreen'),
});

const properties = createRoute({
  getParentRoute: () => root,
  path: '/people/properties',
  component: lazyRouteComponent(() => import('./screens/people/properties-screen.tsx'), 'PropertiesScreen'),
});

const newContact = createRoute({
  getParentRoute: () => root,
  path: '/people/new',
  validateSearch: readNewContactStart,
  component: lazyRouteComponent(() => import('./screens/people/new-contact-screen.tsx'), 'NewContactScreen'),
});

const contact = createRoute({
  getParentRoute: () => root,
  path: '/people/$contactId',
  component: lazyRouteComponent(() => import('./screens/people/contact-screen.tsx'), 'ContactScreen'),
});

const peopleScreens = [people, companies, newCompany, company, deals, lists, newList, list, numbers, suggestedEdits, simulate, properties, newContact, contact];

// Imports -----------------------------------------------------------------------------------------------------------------

const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  component: lazyRouteComponent(() => import('./screens/imports/imports-screen.tsx'), 'ImportsScreen'),
});

const newImport = createRoute({
  getParentRoute: () => root,
  path: '/imports/new',
  staticData: { isFullWindow: true },
  component: lazyRouteComponent(() => import('./screens/imports/import-screen.tsx'), 'NewImportScreen'),
});

const importRun = createRoute({
  getParentRoute: () => root,
  path: '/imports/$importId',
  staticData: { isFullWindow: true },
  component: lazyRouteComponent(() => import('./screens/imports/import-screen.tsx'), 'ImportScreen'),
});

// Calls and phones --------------------------------------------------------------------------------------------------------

const calls = createRoute({
  getParentRoute: () => root,
  path: '/calls',
  validateSearch: readCallFilter,
  component: lazyRouteComponent(() => import('./screens/calls/calls-screen.tsx'), 'CallsScreen'),
});

const tasks = createRoute({
  getParentRoute: () => root,
  path: '/calls/tasks',
  component: lazyRouteComponent(() => import('./screens/calls/tasks-screen.tsx'), 'TasksScreen'),
});

const callReport = createRoute({
  getParentRoute: () => root,
  path: '/calls/report',
  validateSearch: readReportSearch,
  component: lazyRouteComponent(() => import('./screens/calls/report/report-screen.tsx'), 'ReportScreen'),
});

const phones = createRoute({
  getParentRoute: () => root,
  path: '/phones',
  validateSearch: readPhonesSearch,
  component: lazyRouteComponent(() => import('./screens/phones/phones-screen.tsx'), 'PhonesScreen'),
});

const pair = createRoute({
  getParentRoute: () => root,
  path: '/phones/pair',
  staticData: { isFullWindow: true },
  component: lazyRouteComponent(() => import('./screens/phones/pair-screen.tsx'), 'PairScreen'),
});

const device = createRoute({
  getParentRoute: () => root,
  path: '/phones/$deviceId',
  component: lazyRouteComponent(() => import('./screens/phones/device-screen.tsx'), 'DeviceScreen'),
});

const deskPhones = createRoute({
  getParentRoute: () => root,
  path: '/desk-phones',
  validateSearch: readSystemsSearch,
  component: lazyRouteComponent(() => import('./screens/desk-phones/systems-screen.tsx'), 'SystemsScreen'),
});

const connectSystem = createRoute({
  getParentRoute: () => root,
  path: '/desk-phones/connect',
  staticData: { isFullWindow: true },
  component: lazyRouteComponent(() => import('./screens/desk-phones/connect-screen.tsx'), 'ConnectScreen'),
});

const telephoneSystem = createRoute({
  getParentRoute: () => root,
  path: '/desk-phones/$sourceId',
  component: lazyRouteComponent(() => import('./screens/desk-phones/system-screen.tsx'), 'SystemScreen'),
});

// Portal ------------------------------------------------------------------------------------------------------------------

const portal = createRoute({
  getParentRoute: () => root,
  path: '/portal',
  component: lazyRouteComponent(() => import('./screens/portal/portal-screen.tsx'), 'PortalScreen'),
});

const members = createRoute({
  getParentRoute: () => root,
  path: '/portal/members',
  validateSearch: readMembersSearch,
  component: lazyRouteComponent(() => import('./screens/portal/members-screen.tsx'), 'MembersScreen'),
});

const pipelines = createRoute({
  getParentRoute: () => root,
  path: '/portal/pipelines',
  component: lazyRouteComponent(() => import('./screens/portal/pipelines-screen.tsx'), 'PipelinesScreen'),
});

export const routeTree = root.addChildren([
  home,
  setup,
  settings.addChildren(settingsPages),
  desk.addChildren([noTicket, newTicket, ticket]),
  ...peopleScreens,
  imports,
  newImport,
  importRun,
  calls,
  tasks,
  callReport,
  phones,
  pair,
  device,
  deskPhones,
  connectSystem,
  telephoneSystem,
  portal,
  members,
  pipelines,
]);
