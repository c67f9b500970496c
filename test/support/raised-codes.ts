import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

// Which refusals a part of the server can answer with, read from its source: from some functions along whatever they use,
// name by name, to each `new` of an error with a code.

const server = path.resolve('src-server');

interface Module {
  /** The text of each top-level declaration, without comments. */
  readonly declarations: ReadonlyMap<string, string>;
  /** Where each imported name comes from. */
  readonly imports: ReadonlyMap<string, readonly [file: string, name: string]>;
}

function fileOf(specifier: string, from: string): string | undefined {
  if (specifier.startsWith('#server/')) return path.join(server, specifier.slice('#server/'.length));
  return specifier.startsWith('.') ? path.resolve(path.dirname(from), specifier) : undefined;
}

function importsOf(source: string, file: string): Module['imports'] {
  const imports = new Map<string, readonly [string, string]>();
  for (const [, names = '', specifier = ''] of source.matchAll(/^import\s+\{([^}]*)\}\s+from\s+'([^']+)'/gmu)) {
    const target = fileOf(specifier, file);
    if (target === undefined) continue;
    for (const name of names.split(',').map((part) => part.trim())) {
      const [imported = '', local = imported] = name.split(/\s+as\s+/u);
      if (imported !== '' && !imported.startsWith('type ')) imports.set(local, [target, imported]);
    }
  }
  return imports;
}

function declarationsOf(source: string): Module['declarations'] {
  const starts = [...source.matchAll(/^(?:export )?(?:abstract |async )*(?:function\*?|class|const|type) (\w+)/gmu)];
  return new Map(starts.map((start, index) => [start[1] ?? '', source.slice(start.index, starts[index + 1]?.index)]));
}

const modules = new Map<string, Module>();

function moduleOf(file: string): Module {
  const known = modules.get(file);
  if (known !== undefined) return known;
  const source = readFileSync(file, 'utf8')
    .replaceAll(/\/\*[^]*?\*\//gu, '')
    .replaceAll(/(?:^|\s)\/\/.*$/gmu, '');
  const read = { imports: importsOf(source, file), declarations: declarationsOf(source) };
  modules.set(file, read);
  return read;
}

const errorClass = /^(?:export )?class \w+ extends [^]*?readonly code(?: = '([\w-]+)'|: (\w+))/u;

/** The code of an error; where it has one of a type, all that type allows. */
function codesOf(text: string, module: Module): string[] {
  const [, literal, type] = errorClass.exec(text) ?? [];
  if (literal !== undefined) return [literal];
  const allowed = type === undefined ? '' : (module.declarations.get(type) ?? '');
  return [...allowed.matchAll(/'([\w-]+)'/gu)].map(([, code = '']) => code);
}

/** The codes that can come of `names` of a file, after `src-server`. */
export function codesRaisedFrom(starts: readonly (readonly [file: string, name: string])[]): Set<string> {
  const codes = new Set<string>();
  const seen = new Set<string>();
  const waiting = starts.map(([file, name]) => [path.join(server, file), name] as const);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [file, name] = next;
    if (seen.has(`${file}#${name}`) || !existsSync(file)) continue;
    seen.add(`${file}#${name}`);
    const module = moduleOf(file);
    const text = module.declarations.get(name) ?? '';
    for (const code of codesOf(text, module)) codes.add(code);
    for (const used of new Set(text.match(/(?<![.\w])[A-Za-z_]\w*/gu))) {
      const target = module.imports.get(used) ?? (module.declarations.has(used) ? ([file, used] as const) : undefined);
      if (target === undefined || !existsSync(target[0])) continue;
      // An error that is only recognised is not raised here.
      const isError = errorClass.test(moduleOf(target[0]).declarations.get(target[1]) ?? '');
      if (!isError || new RegExp(`new ${used}\\b`, 'u').test(text)) waiting.push(target);
    }
  }
  return codes;
}

/** What a statement of a file registers: its imported names. */
export function importedNamesIn(file: string, statement: RegExp): (readonly [file: string, name: string])[] {
  const source = readFileSync(path.join(server, file), 'utf8');
  const { imports } = moduleOf(path.join(server, file));
  return [...source.matchAll(statement)].flatMap(([text]) =>
    (text.match(/\w+/gu) ?? []).flatMap((name) => {
      const target = imports.get(name);
      return target === undefined ? [] : [[path.relative(server, target[0]), target[1]] as const];
    }),
  );
}
