// Drawn on a 20 px grid with one stroke. Always beside a word, so assistive technology does not hear of them.
function Icon({ path }: { readonly path: string }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

export const SearchIcon = () => <Icon path="M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Zm4.5-1.5L17 17" />;
export const BackIcon = () => <Icon path="M12 4 6 10l6 6" />;
export const FileIcon = () => <Icon path="M5 2.5h6L15 6.5v11H5v-15Zm6 0v4h4" />;
export const DoneIcon = () => <Icon path="m4 10.5 4 4 8-9" />;
export const TicketIcon = () => <Icon path="M3 5h14v3.5a1.5 1.5 0 0 0 0 3V15H3v-3.5a1.5 1.5 0 0 0 0-3V5Zm8 0v10" />;
export const UpIcon = () => <Icon path="m6 12 4-4 4 4" />;
export const DownIcon = () => <Icon path="m6 8 4 4 4-4" />;
