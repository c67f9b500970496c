/** A telephone number as people here read it; copying gives the international form. Numbers run left to right in any text. */
export function PhoneNumberText({ display, e164 }: { readonly display: string; readonly e164?: string | null }) {
  return (
    <bdi dir="ltr" title={e164 ?? undefined} style={{ whiteSpace: 'nowrap' }}>
      {display}
    </bdi>
  );
}
