import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where this program lies: the folder of its package.json, whether it runs from source, from dist/ or packed. */
export function programFolder(from: string = import.meta.dirname): string {
  let folder = from;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('The program’s own folder was not found; install Doorline again.');
    folder = parent;
  }
  return folder;
}

/** The built pages: dist/renderer. */
export function pagesFolder(): string {
  return path.join(programFolder(), 'dist', 'renderer');
}
