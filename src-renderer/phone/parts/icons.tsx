/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';

// One set, drawn for this page on a 24 px grid with one stroke.

function Icon({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const PhoneIcon = () => (
  <Icon>
    <path d="M6.2 3.5h2.5l1.7 4.3-2 1.6a12.4 12.4 0 0 0 6.2 6.2l1.6-2 4.3 1.7v2.5a2.4 2.4 0 0 1-2.6 2.4A16.6 16.6 0 0 1 3.8 6.1a2.4 2.4 0 0 1 2.4-2.6Z" />
  </Icon>
);
export const PersonIcon = () => (
  <Icon>
    <circle cx="12" cy="8" r="3.8" />
    <path d="M4.5 20.5c.9-4.4 3.8-6.3 7.5-6.3s6.6 1.9 7.5 6.3" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="m5 12.8 4.4 4.4L19.2 7.4" />
  </Icon>
);
export const DeviceIcon = () => (
  <Icon>
    <rect x="6.5" y="2.8" width="11" height="18.4" rx="2.6" />
    <path d="M10.5 18h3" />
  </Icon>
);
export const SearchIcon = () => (
  <Icon>
    <circle cx="10.8" cy="10.8" r="6.3" />
    <path d="m15.5 15.5 4.7 4.7" />
  </Icon>
);
export const BackIcon = () => (
  <Icon>
    <path d="m14.5 5-7 7 7 7" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
);
export const SyncIcon = () => (
  <Icon>
    <path d="M19.8 11a7.9 7.9 0 0 0-14.3-3.5L3.8 9.2M4.2 13a7.9 7.9 0 0 0 14.3 3.5l1.7-1.7M3.8 4.6v4.6h4.6M20.2 19.4v-4.6h-4.6" />
  </Icon>
);
export const TicketIcon = () => (
  <Icon>
    <path d="M3.8 7.5a1.8 1.8 0 0 1 1.8-1.8h12.8a1.8 1.8 0 0 1 1.8 1.8v2.3a2.3 2.3 0 0 0 0 4.4v2.3a1.8 1.8 0 0 1-1.8 1.8H5.6a1.8 1.8 0 0 1-1.8-1.8v-2.3a2.3 2.3 0 0 0 0-4.4Z" />
    <path d="M14 6v1.5M14 11.2v1.6M14 16.5V18" />
  </Icon>
);
export const PlusIcon = () => (
  <Icon>
    <path d="M12 5v14M5 12h14" />
  </Icon>
);
