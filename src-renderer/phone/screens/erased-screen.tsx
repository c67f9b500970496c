/** @jsxImportSource preact */
import { Alone } from '../parts/parts.tsx';

/** The last thing a phone shows. */
export function ErasedScreen({ reason, isDone }: { readonly reason: 'revoked' | 'wipe'; readonly isDone: boolean }) {
  return (
    <Alone title={isDone ? 'This phone is off the desk' : 'Removing the contacts'}>
      <output class="quiet">
        {isDone ? 'All contacts and notes of the desk are removed from this phone.' : 'One moment: the contacts of the desk are being removed from this phone.'}
      </output>
      {isDone && reason === 'revoked' && <p>The manager ended its access. To use it again, ask for a new pairing code and scan it.</p>}
      {isDone && reason === 'wipe' && <p>To use it again, ask the manager for a pairing code and scan it.</p>}
    </Alone>
  );
}
