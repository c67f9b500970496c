/** An e-mail address; where it must be broken, it is broken before the @. */
export function EmailText({ address }: { readonly address: string }) {
  const at = address.lastIndexOf('@');
  return (
    <bdi>
      {at > 0 ? address.slice(0, at) : address}
      {at > 0 ? (
        <>
          <wbr />
          {address.slice(at)}
        </>
      ) : null}
    </bdi>
  );
}
