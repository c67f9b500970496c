/** @jsxImportSource preact */
import type { Drawing } from './guide-words.ts';

// Drawn, not photographed: what matters of a screen, in the colours of the page, in the reader's language, and no
// heavier than its words.

const width = 300;
const edge = 16;
const rowHeight = 44;

type Row = Drawing['rows'][number];

/** Breaks words into lines of about `most` letters; SVG does not. */
export function inLines(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function End({ end, y }: { readonly end: Row['end']; readonly y: number }) {
  const right = width - edge - 12;
  if (end === undefined) return null;
  if (end === 'more') return <path class="draw-line" d={`m${right - 6} ${y - 5} 5 5-5 5`} />;
  if (end === 'tick') return <path class="draw-tick" d={`m${right - 14} ${y} 5 5 9-10`} />;
  if (end === 'on') {
    return (
      <>
        <rect class="draw-on" x={right - 34} y={y - 10} width="34" height="20" rx="10" />
        <circle class="draw-knob" cx={right - 10} cy={y} r="8" />
      </>
    );
  }
  return (
    <text class="draw-quiet" x={right} y={y + 5} text-anchor="end">
      {end}
    </text>
  );
}

function List({ title, rows }: Drawing) {
  const top = 52;
  return (
    <>
      <text class="draw-title" x={width / 2} y="34" text-anchor="middle">
        {title}
      </text>
      <rect class="draw-sheet" x={edge} y={top} width={width - 2 * edge} height={rows.length * rowHeight} rx="10" />
      {rows.map(({ label, end, mark }, index) => {
        const y = top + index * rowHeight;
        return (
          <g key={label}>
            {index > 0 && <path class="draw-rule" d={`M${edge + 12} ${y}H${width - edge}`} />}
            {mark === true && <rect class="draw-mark" x={edge + 3} y={y + 3} width={width - 2 * edge - 6} height={rowHeight - 6} rx="8" />}
            <text class={mark === true ? 'draw-strong' : 'draw-text'} x={edge + 14} y={y + rowHeight / 2 + 5}>
              {label}
            </text>
            <End end={end} y={y + rowHeight / 2} />
          </g>
        );
      })}
    </>
  );
}

function Dialog({ lines, rows }: { readonly lines: readonly string[]; readonly rows: Drawing['rows'] }) {
  const top = 20;
  const textHeight = 22 + lines.length * 20;
  const part = (width - 2 * edge) / rows.length;
  return (
    <>
      <rect class="draw-sheet" x={edge} y={top} width={width - 2 * edge} height={textHeight + rowHeight} rx="14" />
      {lines.map((line, index) => (
        <text key={line} class="draw-text" x={width / 2} y={top + 30 + index * 20} text-anchor="middle">
          {line}
        </text>
      ))}
      <path class="draw-rule" d={`M${edge} ${top + textHeight}H${width - edge}`} />
      {rows.map(({ label, mark }, index) => (
        <g key={label}>
          {mark === true && <rect class="draw-mark" x={edge + index * part + 4} y={top + textHeight + 4} width={part - 8} height={rowHeight - 8} rx="9" />}
          <text
            class={mark === true ? 'draw-strong' : 'draw-quiet'}
            x={edge + (index + 0.5) * part}
            y={top + textHeight + rowHeight / 2 + 5}
            text-anchor="middle"
          >
            {label}
          </text>
        </g>
      ))}
    </>
  );
}

function Call({ title, rows }: Drawing) {
  return (
    <>
      <circle class="draw-mark" cx={width / 2} cy="48" r="24" />
      <path class="draw-tick" d={`M${width / 2 - 6} 40a6 6 0 1 0 12 0a6 6 0 1 0-12 0M${width / 2 - 12} 62c2-9 7-11 12-11s10 2 12 11`} />
      <text class="draw-title" x={width / 2} y="98" text-anchor="middle">
        {title}
      </text>
      <text class="draw-quiet" x={width / 2} y="120" text-anchor="middle">
        {rows[0]?.label}
      </text>
      <circle class="draw-end" cx={width / 2 - 52} cy="158" r="18" />
      <circle class="draw-on" cx={width / 2 + 52} cy="158" r="18" />
    </>
  );
}

/** The screen of the phone one will see, with the place to tap marked. */
export function Picture({ drawing }: { readonly drawing: Drawing }) {
  const { kind, title, rows } = drawing;
  const lines = inLines(title, 34);
  const heights = { list: 68 + rows.length * rowHeight, dialog: 62 + lines.length * 20 + rowHeight, call: 192 } as const;
  const words = [title, ...rows.map(({ label }) => label)].join(', ');
  return (
    <figure class="drawing-frame" aria-label={words}>
      <svg class="drawing" viewBox={`0 0 ${width} ${heights[kind]}`} aria-hidden="true">
        {kind === 'list' && <List {...drawing} />}
        {kind === 'dialog' && <Dialog lines={lines} rows={rows} />}
        {kind === 'call' && <Call {...drawing} />}
      </svg>
    </figure>
  );
}
