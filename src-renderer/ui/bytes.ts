const units = ['bytes', 'KB', 'MB', 'GB'] as const;

/** "2.1 MB", in powers of 1,000 as systems and disk makers count. */
export function byteSize(bytes: number): string {
  if (bytes === 1) return '1 byte';
  let size = bytes;
  let unit = 0;
  // A size that would round to 1000 belongs to the next unit.
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && size < 9.95 ? 1 : 0;
  return `${size.toFixed(digits)} ${units[unit]}`;
}
