/** @jsxImportSource preact */
import { Alone } from '../parts/parts.tsx';
import { words } from '../words/words.ts';

/** The last thing a phone shows. */
export function ErasedScreen({ reason, isDone }: { readonly reason: 'revoked' | 'wipe'; readonly isDone: boolean }) {
  return (
    <Alone title={isDone ? words.erased.title : words.erased.removing}>
      <output class="quiet">{isDone ? words.erased.done : words.erased.removingHint}</output>
      {isDone && reason === 'revoked' && <p>{words.erased.revoked}</p>}
      {isDone && reason === 'wipe' && <p>{words.erased.wiped}</p>}
    </Alone>
  );
}
