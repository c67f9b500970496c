import { TriangleAlert } from 'lucide-react';
import { fieldProblems, problemDetails, problemSentence } from '../api/problem.ts';
import { CopyButton } from './copy-button.tsx';
import styles from './problem-summary.module.css';

interface ProblemSummaryProps {
  readonly error: unknown;
  /** What was not done: "The contact was not saved". */
  readonly title: string;
  /** Fields of this form, by path, with the label they carry. Messages of other paths are listed here instead. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What went wrong with a form. What the fields show themselves is not said twice. */
export function ProblemSummary({ error, title, labels = {} }: ProblemSummaryProps) {
  if (error === null || error === undefined) return null;
  const problems = Object.entries(fieldProblems(error));
  const shown = problems.filter(([path]) => labels[path] !== undefined);
  const others = problems.filter(([path]) => labels[path] === undefined);
  return (
    <div className={styles.summary} role="alert">
      <TriangleAlert className={styles.icon} size={18} aria-hidden="true" />
      <div className={styles.text}>
        <strong>{title}</strong>
        {problems.length === 0 ? <p>{problemSentence(error)}</p> : null}
        {shown.length > 0 ? <p>Look at {shown.map(([path]) => `“${labels[path]}”`).join(', ')}.</p> : null}
        {others.map(([path, message]) => (
          <p key={path}>
            {path}: {message}
          </p>
        ))}
      </div>
      {problems.length === 0 ? <CopyButton size="xs" value={problemDetails(error)} label="Copy details" /> : null}
    </div>
  );
}
