import { Fragment } from 'react';
import { openOutside } from '../../../api/desktop.ts';

/** Addresses in running text: up to the first blank or quotation mark. */
const address = /https?:\/\/[^\s<>"'“”„«»]+/gu;
/** What ends a sentence is rarely the end of an address. */
const trailing = /[.,;:!?)\]]+$/u;

/** What somebody wrote, line by line, with the web addresses in it as links. Never read as HTML. */
export function LinkedText({ text }: { readonly text: string }) {
  const parts = splitAddresses(text);
  return (
    <>
      {parts.map((part, index) =>
        part.isAddress ? (
          <a
            key={index}
            href={part.text}
            rel="noopener noreferrer"
            onClick={(event) => {
              event.preventDefault();
              openOutside(part.text);
            }}
          >
            {part.text}
          </a>
        ) : (
          <Fragment key={index}>{part.text}</Fragment>
        ),
      )}
    </>
  );
}

export function splitAddresses(text: string): readonly { readonly text: string; readonly isAddress: boolean }[] {
  const parts: { text: string; isAddress: boolean }[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const found = match[0].replace(trailing, '');
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isAddress: false });
    parts.push({ text: found, isAddress: true });
    end = match.index + found.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isAddress: false });
  return parts;
}
