import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import latinExtended from '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url';
import { SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { PortalSettingsInput, type PortalSettings } from '#server/portal/portal.contract.ts';
import type { PortalPreview as PortalPreviewAnswer } from '#server/portal/preview.contract.ts';
import { portalPreviewQuery } from '../api/portal.ts';
import { problemSentence } from '../api/problem.ts';
import { BrowserFrame, PhoneFrame } from '../ui/device-frame.tsx';
import { TextSkeleton } from '../ui/states.tsx';
import styles from './portal-preview.module.css';

interface PortalPreviewProps {
  /** As they stand in the form; while they don't fit together, the last that did are shown. */
  readonly settings: PortalSettingsInput;
  /** Where the portal is, such as https://help.example.com */
  readonly origin: string;
  readonly companyName?: string;
}

const pages = [
  { value: 'tickets', label: 'Tickets' },
  { value: 'sign-in', label: 'Signing in' },
] as const;
const devices = [
  { value: 'phone', label: 'Phone' },
  { value: 'desktop', label: 'Desktop' },
] as const;

/** The real portal, drawn by the server with these settings, on a phone and in a browser. */
export function PortalPreview({ settings, origin, companyName }: PortalPreviewProps) {
  const [page, setPage] = useState<(typeof pages)[number]['value']>('tickets');
  const [device, setDevice] = useState<(typeof devices)[number]['value']>('phone');
  const [settled] = useDebouncedValue(settings, 250);
  const fitting = PortalSettingsInput.safeParse(settled);
  const preview = useQuery({
    ...portalPreviewQuery({
      settings: fitting.data ?? settled,
      language: settled.defaultLanguage,
      page,
      ...(companyName === undefined ? {} : { companyName }),
    }),
    enabled: fitting.success,
    placeholderData: keepPreviousData,
  });
  const drawn = preview.data;
  const label = `The portal’s page “${pages.find(({ value }) => value === page)?.label ?? ''}”`;

  return (
    <div className={styles.preview}>
      <div className={styles.controls}>
        <SegmentedControl
          size="xs"
          aria-label="Page"
          value={page}
          data={[...pages]}
          onChange={(chosen) => setPage(chosen === 'sign-in' ? 'sign-in' : 'tickets')}
        />
        <SegmentedControl
          size="xs"
          aria-label="Device"
          value={device}
          data={[...devices]}
          onChange={(chosen) => setDevice(chosen === 'desktop' ? 'desktop' : 'phone')}
        />
      </div>
      {preview.isError && drawn === undefined ? <p role="alert">{problemSentence(preview.error)}</p> : null}
      {device === 'phone' ? (
        <PhoneFrame label={label}>
          <Picture drawn={drawn} width={390} height={852} scale={256 / 390} label={label} />
        </PhoneFrame>
      ) : (
        <BrowserFrame tabTitle={`${pageTitle(page)} · ${settings.title}`} address={`${origin}/${settings.slug}/`}>
          <Picture drawn={drawn} width={1100} height={760} scale={370 / 1100} label={label} />
        </BrowserFrame>
      )}
    </div>
  );
}

function pageTitle(page: string): string {
  return page === 'tickets' ? 'My tickets' : 'Sign in';
}

interface PortalPageProps {
  readonly settings: PortalSettings;
  readonly address: string;
}

/** The portal's first page as a browser shows it at an address. */
export function PortalFirstPage({ settings, address }: PortalPageProps) {
  const { formerSlugs: _kept, ...input } = settings;
  const preview = useQuery(portalPreviewQuery({ settings: input, language: settings.defaultLanguage, page: 'sign-in' }));
  return (
    <BrowserFrame tabTitle={`Sign in · ${settings.title}`} address={address}>
      <Picture drawn={preview.data} width={740} height={720} scale={370 / 740} label="The portal’s first page" />
    </BrowserFrame>
  );
}

interface PictureProps {
  readonly drawn: PortalPreviewAnswer | undefined;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly label: string;
}

/** A page to look at: no scripts run in it and nothing in it can be clicked or focused. */
function Picture({ drawn, width, height, scale, label }: PictureProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const html = drawn?.html;
  const css = drawn?.css;
  // A changed colour changes only the style sheet, and the page stays.
  useEffect(() => {
    if (css !== undefined) dress(frame.current, css);
  }, [css]);
  if (html === undefined || css === undefined) {
    return (
      <div className={styles.loading}>
        <TextSkeleton lines={9} />
      </div>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the picture is a page drawn in a frame, not an image file.
    <div className={styles.picture} style={{ width: width * scale, height: height * scale }} role="img" aria-label={label}>
      <iframe
        ref={frame}
        title={label}
        sandbox="allow-same-origin"
        srcDoc={html}
        tabIndex={-1}
        inert
        style={{ width, height, transform: `scale(${scale})` }}
        onLoad={(event) => dress(event.currentTarget, css)}
      />
    </div>
  );
}

/** Gives the page its styles as a constructed sheet, which the strictest content security policy lets pass. */
function dress(frame: HTMLIFrameElement | null, css: string): void {
  const page = frame?.contentWindow;
  if (frame === null || page === null || page === undefined) return;
  const sheet = new (page as Window & typeof globalThis).CSSStyleSheet();
  // No room is kept for a scroll bar: the picture never scrolls.
  sheet.replaceSync(`${fontFaces()}${css}html{scrollbar-gutter:auto;overflow:hidden}`);
  page.document.adoptedStyleSheets = [sheet];
}

/** The portal brings its font along; in the preview, the console's stands in for it. */
function fontFaces(): string {
  const face = (url: string, range: string): string =>
    `@font-face{font-family:Inter;font-weight:100 900;src:url("${new URL(url, document.baseURI).href}") format("woff2")${range}}`;
  return `${face(latinExtended, '')}${face(latin, ';unicode-range:U+0-FF,U+2000-206F,U+20AC')}`;
}
