import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { fieldProblems, type FieldProblems } from '../api/problem.ts';
import { useDraft } from '../api/use-draft.ts';
import { announce } from '../ui/announcer.tsx';

export interface EditedFormOptions<Value extends object, Saved> {
  /** Where its draft is kept, such as `settings.mail`. */
  readonly place: string;
  /** What is stored now; undefined while it is being read. */
  readonly stored: Value | undefined;
  /** The fields a kept draft may hold some of. */
  readonly fields: z.ZodObject;
  /** What may be saved; its messages stand under the fields while one types. */
  readonly rules: z.ZodType;
  readonly save: (value: Value) => Promise<Saved>;
  readonly onSaved?: (saved: Saved) => void;
}

export interface EditedForm<Value extends object> {
  readonly value: Value;
  readonly problems: FieldProblems;
  readonly isChanged: boolean;
  readonly isReady: boolean;
  readonly isSaving: boolean;
  /** True from a save until the next edit. */
  readonly wasSaved: boolean;
  /** What the server said to the last attempt. */
  readonly error: unknown;
  readonly edit: (edits: Partial<Value>) => void;
  /** Saves when the rules hold; otherwise shows all that is wrong. */
  readonly save: () => void;
  readonly discard: () => void;
}

/** A form over something stored: what is typed is kept as a draft, checked while it is typed, and saved in one go. */
export function useEditedForm<Value extends object, Saved>(options: EditedFormOptions<Value, Saved>): EditedForm<Value> | undefined {
  const { place, stored, fields, rules } = options;
  // Its type is that of any object; the fields are those of Value, as the caller's schema says.
  const schema = editsOf(fields) as z.ZodType<Partial<Value>>;
  const draft = useDraft<Partial<Value>>({ place, schema, empty: {}, isEmpty: (body) => Object.keys(body).length === 0 });
  const [wasTried, setTried] = useState(false);
  const saving = useMutation({
    mutationFn: options.save,
    onSuccess: (saved) => {
      draft.clear();
      setTried(false);
      announce('Saved');
      options.onSaved?.(saved);
    },
  });
  if (stored === undefined || !draft.isReady) return undefined;

  const value: Value = { ...stored, ...draft.body };
  const found = problemsOf(rules, value);
  const touched = new Set(Object.keys(draft.body));
  const shown = Object.entries(found).filter(([path]) => wasTried || touched.has(path.split('.')[0] ?? path));
  return {
    value,
    problems: { ...fieldProblems(saving.error), ...Object.fromEntries(shown) },
    isChanged: Object.keys(draft.body).some((key) => !isSame(stored[key as keyof Value], value[key as keyof Value])),
    isReady: Object.keys(found).length === 0,
    isSaving: saving.isPending,
    wasSaved: saving.isSuccess,
    error: saving.error,
    edit: (changed) => {
      if (!saving.isIdle) saving.reset();
      draft.edit({ ...draft.body, ...changed });
    },
    save: () => {
      setTried(true);
      if (Object.keys(found).length > 0) announce(`Not saved: ${Object.values(found)[0]}`);
      else saving.mutate(value);
    },
    discard: () => {
      saving.reset();
      setTried(false);
      draft.clear();
    },
  };
}

/** Some of a schema's fields. Unlike with `partial()`, what is not there stays away: a default would undo what is stored. */
export function editsOf(fields: z.ZodObject): z.ZodType<object> {
  const known = fields.partial();
  return z.record(z.string(), z.unknown()).transform((body, check) => {
    const parsed = known.safeParse(body);
    if (!parsed.success) check.addIssue('This draft is of an older shape.');
    return Object.fromEntries(Object.entries(parsed.data ?? {}).filter(([name]) => Object.hasOwn(body, name)));
  });
}

/** The first message of each path. */
export function problemsOf(rules: z.ZodType, value: unknown): FieldProblems {
  const result = rules.safeParse(value);
  if (result.success) return {};
  return Object.fromEntries(result.error.issues.toReversed().map((issue) => [issue.path.join('.'), issue.message]));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
