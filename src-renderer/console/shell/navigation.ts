import { House, MessageSquare, PanelTop, Phone, Settings, Smartphone, User, type LucideIcon } from 'lucide-react';

export interface Destination {
  readonly label: string;
  readonly to: string;
  readonly icon: LucideIcon;
  readonly shortcut: string;
  readonly keywords: string;
  /** Another place that belongs to it. */
  readonly alsoAt?: string;
}

/** The rail, from top to bottom. */
export const destinations: readonly Destination[] = [
  { label: 'Home', to: '/', icon: House, shortcut: 'g h', keywords: 'status overview dashboard today' },
  { label: 'Desk', to: '/desk', icon: MessageSquare, shortcut: 'g d', keywords: 'tickets inbox conversations answer' },
  { label: 'People', to: '/people', icon: User, shortcut: 'g p', keywords: 'contacts companies customers lists import' },
  { label: 'Calls', to: '/calls', icon: Phone, shortcut: 'g c', keywords: 'call log missed caller' },
  { label: 'Phones', to: '/phones', icon: Smartphone, shortcut: 'g f', keywords: 'devices pair iphone android caller id', alsoAt: '/desk-phones' },
  { label: 'Portal', to: '/portal', icon: PanelTop, shortcut: 'g o', keywords: 'customers sign in brand colour language members' },
  { label: 'Settings', to: '/settings', icon: Settings, shortcut: 'g s', keywords: 'company mail certificate team backup audit' },
];

/** Places that stand in no rail but that one looks for by name. */
export const furtherPlaces: readonly Pick<Destination, 'label' | 'to' | 'keywords'>[] = [
  { label: 'Set-up wizard', to: '/setup', keywords: 'first run begin start' },
  { label: 'Company', to: '/settings/company', keywords: 'name country time zone language' },
  { label: 'Address and certificate', to: '/settings/address', keywords: 'host name tls https dns fingerprint' },
  { label: 'Desk phones and PBX', to: '/desk-phones', keywords: 'yealink snom grandstream cisco fanvil 3cx asterisk kamailio sip telephone system' },
  { label: 'Mail', to: '/settings/mail', keywords: 'smtp server send outbox' },
  { label: 'Settings of calls', to: '/settings/calls', keywords: 'missed call back task hours' },
  { label: 'Team', to: '/settings/team', keywords: 'agents users colleagues' },
  { label: 'Backups', to: '/settings/backups', keywords: 'restore save copy' },
  { label: 'Audit log', to: '/settings/audit', keywords: 'history who did what' },
];
