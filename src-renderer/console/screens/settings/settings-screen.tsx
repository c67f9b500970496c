import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Archive, Building2, Globe, History, Mail, MonitorCog, Phone, PhoneOff, Users, Wand2 } from 'lucide-react';
import { PageHeader, Pane, Panes } from '../../../ui/page.tsx';
import styles from './settings.module.css';

const pages = [
  { to: '/settings/company', label: 'Company', icon: Building2 },
  { to: '/settings/address', label: 'Address and certificate', icon: Globe },
  { to: '/settings/mail', label: 'Mail', icon: Mail },
  { to: '/settings/calls', label: 'Calls', icon: Phone },
  { to: '/settings/team', label: 'Team', icon: Users },
  { to: '/settings/backups', label: 'Backups', icon: Archive },
  { to: '/settings/audit', label: 'Audit log', icon: History },
  { to: '/settings/console', label: 'This console', icon: MonitorCog },
] as const;

const elsewhere = [
  { to: '/people/numbers', label: 'Numbers that can’t be read', icon: PhoneOff },
  { to: '/setup', label: 'Set-up wizard', icon: Wand2 },
] as const;

/** The list of settings at the left, one of them beside it. */
export function SettingsScreen() {
  const isIndex = useRouterState({ select: (state) => /^\/settings\/?$/u.test(state.location.pathname) });
  return (
    <Panes columns="232px minmax(0, 1fr)" showing={isIndex ? 0 : 1}>
      <Pane label="List of settings">
        <PageHeader title="Settings" />
        <nav aria-label="Settings" className={styles.nav}>
          {pages.map((page) => (
            <NavLink key={page.to} {...page} isHere={isIndex && page.to === '/settings/company'} />
          ))}
          <h2 className={styles.navHeading}>Elsewhere</h2>
          {elsewhere.map((page) => (
            <NavLink key={page.to} {...page} />
          ))}
        </nav>
      </Pane>
      <Pane label="Setting">
        <Outlet />
      </Pane>
    </Panes>
  );
}

type Target = (typeof pages | typeof elsewhere)[number];

function NavLink({ to, label, icon: Icon, isHere = false }: Target & { readonly isHere?: boolean }) {
  return (
    <Link to={to} className={`${styles.navLink} ${isHere ? styles.navHere : ''}`} activeProps={{ className: styles.navHere ?? '' }}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      {label}
    </Link>
  );
}
