import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';
import type { z } from 'zod';
import { get } from './client.ts';

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

interface PagedList<Page extends z.ZodType> {
  readonly key: QueryKey;
  readonly path: string;
  readonly page: Page;
  readonly query?: Query;
  /** Asks again so often while it is looked at, in milliseconds; left out: never by itself. */
  readonly refetchInterval?: number;
}

/** A list that is read page by page while one scrolls. Rows: `data.pages.flatMap((page) => page.items)`. */
export function pagedList<Page extends z.ZodType<{ nextCursor: string | null }>>({ key, path, page, query = {}, refetchInterval }: PagedList<Page>) {
  return infiniteQueryOptions({
    queryKey: [...key, query],
    queryFn: ({ pageParam, signal }) => get(path, page, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: '',
    ...(refetchInterval === undefined ? {} : { refetchInterval }),
    getNextPageParam: (last: z.output<Page>) => last.nextCursor,
  });
}
