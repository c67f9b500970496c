/** Why a password is refused. The wording is chosen where it is shown. */
export type PasswordProblem = 'too-short' | 'too-long' | 'common' | 'contains-context' | 'too-simple';

// NIST SP 800-63B-4, 3.1.1.2: length and a list of known passwords, no rules about the kinds of characters.
export const shortestPassword = 8;
export const longestPassword = 128;

// Runs that fingers make without thinking; each is looked for forwards and backwards.
const runs = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'yxcvbnm', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb'];
const backwards = runs.map((run) => Array.from(run).reverse().join(''));

/** Leaves of a password what a guesser starts from: no case, no accents, no decoration at the ends, no usual swaps. */
function bare(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
    .replaceAll('0', 'o')
    .replaceAll('1', 'i')
    .replaceAll('3', 'e')
    .replaceAll('@', 'a')
    .replaceAll('$', 's');
}

function isRun(password: string): boolean {
  const lower = password.toLowerCase();
  if (new Set(lower).size <= 2) return true;
  for (const half of [2, 3, 4]) {
    if (
      lower.length >= half * 2 &&
      lower ===
        lower
          .slice(0, half)
          .repeat(Math.ceil(lower.length / half))
          .slice(0, lower.length)
    )
      return true;
  }
  return [...runs, ...backwards].some((run) => run.repeat(2).includes(lower));
}

/** Words that say nothing new about this account: names, the address, the company, the portal. */
function contextWords(context: readonly string[]): string[] {
  const words = context.flatMap((text) => [text.replace(/[^\p{L}\p{N}]+/gu, ''), ...text.split(/[^\p{L}\p{N}]+/u)]);
  return [...new Set(words.map(bare))].filter((word) => word.length >= 4);
}

/**
 * The reason to refuse the password, or null. `context` is what anybody who knows the account would try first; `common`
 * holds passwords that are guessed first, in lower case.
 */
export function passwordProblem(
  password: string,
  known: { readonly context: readonly string[]; readonly common: ReadonlySet<string> },
): PasswordProblem | null {
  const length = Array.from(password).length;
  if (length < shortestPassword) return 'too-short';
  if (length > longestPassword) return 'too-long';
  if (isRun(password)) return 'too-simple';
  if (known.common.has(password.toLowerCase())) return 'common';

  const core = bare(password);
  // A long sentence may well hold the company's name; a password that is little else may not.
  const isMostlyContext = contextWords(known.context).some((word) => core.includes(word) && password.length - word.length < shortestPassword);
  if (isMostlyContext) return 'contains-context';
  return core.length >= 4 && password.length - core.length < 5 && known.common.has(core) ? 'common' : null;
}
