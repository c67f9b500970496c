import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { ImportOptions, type ImportBatch, type ImportObject } from '#server/imports/imports.contract.ts';
import {
  cancelImport,
  checkImport,
  importPagesQuery,
  importQuery,
  importsQuery,
  releaseImport,
  runImport,
  startImport,
  undoImport,
} from '../../../api/imports.ts';
import { companySettingsQuery } from '../../../api/setup.ts';
import { useDraft } from '../../../api/use-draft.ts';
import type { Loading } from '../../../ui/loaded.tsx';
import { isWorking, stepOf, type ImportStep } from './import-progress.ts';

type Choices = Partial<ImportOptions>;
type Act<Input> = UseMutationResult<ImportBatch, Error, Input>;

/** One import, from the file to its result. What is chosen is kept on the server; the work goes on when one leaves. */
export interface Import {
  readonly step: ImportStep;
  readonly batch: Loading<ImportBatch>;
  /** What will be done, as chosen so far; undefined until the file is read. */
  readonly options: ImportOptions | undefined;
  readonly choose: (choices: Choices) => void;
  /** How much of the file has been handed over, 0 to 1; undefined while none is on its way. */
  readonly uploaded: number | undefined;
  readonly upload: Act<{ readonly file: File; readonly object?: ImportObject }>;
  /** Reads the same file as something else; undefined once the file is no longer at hand. */
  readonly readAs: ((object: ImportObject) => void) | undefined;
  readonly check: Act<void>;
  readonly run: Act<void>;
  readonly cancel: Act<void>;
  readonly undo: Act<void>;
  readonly release: Act<void>;
  /** Back to the columns after a check. */
  readonly goBack: () => void;
}

interface UseImportOptions {
  readonly batchId: string | undefined;
  /** Told when a file was read, so that its import can be found again. */
  readonly onBatch: (id: string) => void;
}

export function useImport({ batchId, onBatch }: UseImportOptions): Import {
  const queries = useQueryClient();
  const company = useQuery(companySettingsQuery);
  const [uploaded, setUploaded] = useState<number>();
  const [isBack, setBack] = useState(false);
  const query = useQuery({
    ...importQuery(batchId ?? ''),
    enabled: batchId !== undefined,
    // Live events tell of progress; asking as well keeps it moving where they do not arrive.
    refetchInterval: ({ state }) => (state.data !== undefined && isWorking(state.data) ? 1000 : false),
  });
  // The file stays at hand in this window, so that it can be read again as something else.
  const { data: file } = useQuery<File>({
    queryKey: ['import-file', batchId],
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
    queryFn: () => Promise.reject(new Error('Choose the file again.')),
  });
  const batch = batchId === undefined ? undefined : query.data;
  const choices = useDraft<Choices>({
    place: batchId === undefined ? 'import' : `import.${batchId}`,
    schema: ImportOptions.partial() as never,
    empty: {},
    isEmpty: (body) => Object.keys(body).length === 0,
  });

  async function take(next: ImportBatch): Promise<void> {
    queries.setQueryData(importQuery(next.id).queryKey, next);
    await Promise.all([queries.invalidateQueries({ queryKey: importsQuery.queryKey }), queries.invalidateQueries({ queryKey: importPagesQuery().queryKey })]);
  }

  const options = batch === undefined || company.data === undefined ? undefined : { ...startingOptions(batch, company.data.country), ...choices.body };
  const upload = useMutation({
    mutationFn: (input: { readonly file: File; readonly object?: ImportObject }) => {
      setUploaded(0);
      return startImport(input.file, { ...(input.object === undefined ? {} : { object: input.object }), onProgress: setUploaded });
    },
    async onSuccess(next, { file: read }) {
      queries.setQueryData(['import-file', next.id], read);
      await take(next);
      setBack(false);
      onBatch(next.id);
    },
    onSettled: () => setUploaded(undefined),
  });
  const act = (work: (id: string, chosen: ImportOptions) => Promise<ImportBatch>) => ({
    mutationFn: () => (batchId === undefined || options === undefined ? Promise.reject(new Error('Choose a file first.')) : work(batchId, options)),
    async onSuccess(next: ImportBatch) {
      setBack(false);
      await take(next);
    },
  });

  return {
    step: isBack ? 'columns' : stepOf(batch),
    batch: batchId === undefined ? { data: undefined, error: undefined, refetch: () => undefined } : query,
    options,
    choose: (next) => choices.edit({ ...choices.body, ...next }),
    uploaded,
    upload,
    readAs: file === undefined ? undefined : (object) => upload.mutate({ file, object }),
    check: useMutation(act(checkImport)),
    run: useMutation(act(runImport)),
    cancel: useMutation(act(cancelImport)),
    undo: useMutation(act(undoImport)),
    release: useMutation(act(releaseImport)),
    goBack: () => setBack(true),
  };
}

/** What was asked for before, else what the analysis guessed. */
function startingOptions(batch: ImportBatch, country: string): ImportOptions {
  return (
    batch.options ?? {
      object: batch.analysis.object,
      mapping: Object.fromEntries(batch.analysis.columns.map((column) => [column.header, column.target])),
      defaultCountry: country,
      onExisting: 'take-theirs',
    }
  );
}
