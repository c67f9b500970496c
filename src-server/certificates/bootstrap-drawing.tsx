/** A screen of the phone's settings as one will meet it: its title, its rows, the one to touch. */
export interface SettingsDrawing {
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly mark?: 'tap' | 'switch' }[];
}

const width = 300;
const edge = 16;
const top = 50;
const rowHeight = 44;

/** The style of the drawings, in the page's own colours. */
export const drawingStyle = `
figure{margin:12px 0 0}
svg{display:block;width:100%;max-width:340px;margin:0 auto;border:1px solid var(--line);border-radius:14px;background:var(--paper)}
svg text{fill:var(--ink);font-size:14px}
svg .title{font-size:16px;font-weight:600}
svg .sheet{fill:var(--card);stroke:var(--line)}
svg .rule{stroke:var(--line);fill:none}
svg .mark{fill:var(--soft);stroke:var(--door);stroke-width:2}
svg .strong{font-weight:600;fill:var(--door)}
svg .on{fill:var(--door)}
svg .knob{fill:var(--on-door)}
svg .more{fill:none;stroke:var(--quiet);stroke-width:1.8;stroke-linecap:round}
`;

function Row({ label, mark, y }: SettingsDrawing['rows'][number] & { readonly y: number }) {
  const right = width - edge - 14;
  const middle = y + rowHeight / 2;
  return (
    <g>
      {mark === undefined ? null : <rect class="mark" x={edge + 3} y={y + 3} width={width - 2 * edge - 6} height={rowHeight - 6} rx="8" />}
      <text class={mark === undefined ? '' : 'strong'} x={edge + 14} y={middle + 5}>
        {label}
      </text>
      {mark === 'switch' ? (
        <g>
          <rect class="on" x={right - 34} y={middle - 10} width="34" height="20" rx="10" />
          <circle class="knob" cx={right - 10} cy={middle} r="8" />
        </g>
      ) : (
        <path class="more" d={`m${right - 6} ${middle - 5} 5 5-5 5`} />
      )}
    </g>
  );
}

/** Drawn, not photographed: what matters of the screen, in the reader's language. */
export function SettingsPicture({ title, rows }: SettingsDrawing) {
  return (
    <figure aria-label={[title, ...rows.map(({ label }) => label)].join(', ')}>
      <svg viewBox={`0 0 ${width} ${top + rows.length * rowHeight + edge}`} aria-hidden="true">
        <text class="title" x={width / 2} y="33" text-anchor="middle">
          {title}
        </text>
        <rect class="sheet" x={edge} y={top} width={width - 2 * edge} height={rows.length * rowHeight} rx="10" />
        {rows.slice(1).map(({ label }, index) => (
          <path key={label} class="rule" d={`M${edge + 12} ${top + (index + 1) * rowHeight}H${width - edge}`} />
        ))}
        {rows.map((row, index) => (
          <Row key={row.label} {...row} y={top + index * rowHeight} />
        ))}
      </svg>
    </figure>
  );
}
