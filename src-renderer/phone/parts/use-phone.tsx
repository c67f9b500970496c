/** @jsxImportSource preact */
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { PhoneState, PhoneStore } from '../device/phone-store.ts';

const PhoneContext = createContext<PhoneStore | undefined>(undefined);

export function PhoneProvider({ store, children }: { readonly store: PhoneStore; readonly children: ComponentChildren }) {
  return <PhoneContext.Provider value={store}>{children}</PhoneContext.Provider>;
}

export function usePhoneStore(): PhoneStore {
  const store = useContext(PhoneContext);
  if (store === undefined) throw new Error('This part of the page stands outside PhoneProvider.');
  return store;
}

/** The shared state; whoever uses it is drawn again when it changes. */
export function usePhone(): PhoneState {
  const store = usePhoneStore();
  const [state, setState] = useState(store.read);
  useEffect(() => {
    setState(store.read());
    return store.subscribe(() => setState(store.read()));
  }, [store]);
  return state;
}
