import type { CustomerTicketPage, CustomerTicketSummary } from '../../tickets/customer-tickets.contract.ts';
import { firstDirection, listAddress, listParameters, type ListQuery } from '../list-query.ts';
import { MemberFrame } from './frame.tsx';
import { Notice } from './forms.tsx';
import { DownIcon, SearchIcon, TicketIcon, UpIcon } from './icons.tsx';
import { StatusChip, When } from './ticket-parts.tsx';
import type { MemberView } from './view.ts';

export interface TicketListPageProps {
  readonly view: MemberView;
  readonly query: ListQuery;
  readonly page: CustomerTicketPage;
  readonly notice: string | undefined;
}

/** A choice of a few, as links, so that each has an address. */
function Choice(props: { readonly label: string; readonly options: readonly { readonly text: string; readonly href: string; readonly isChosen: boolean }[] }) {
  return (
    <nav class="choice" aria-label={props.label}>
      {props.options.map(({ text, href, isChosen }) => (
        <a key={href} href={href} aria-current={isChosen ? 'true' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}

function Tools({ view, query, page }: TicketListPageProps) {
  const { base, translator } = view.visit;
  const { t } = translator;
  const kept = listParameters({ ...query, search: '', cursor: undefined });
  return (
    <div class="tools">
      <search>
        <form class="search" action={`${base}/tickets`}>
          {kept.map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <label class="unseen" for="search">
            {t('list.searchLabel')}
          </label>
          <SearchIcon />
          <input
            id="search"
            name="search"
            type="search"
            value={query.search}
            placeholder={t('list.searchPlaceholder')}
            maxLength={200}
            dir="auto"
            enterkeyhint="search"
          />
          <button>{t('list.searchSubmit')}</button>
        </form>
      </search>
      {page.canViewOrganisation && (
        <Choice
          label={t('list.view')}
          options={(['mine', 'organisation'] as const).map((one) => ({
            text: t(`list.${one}`),
            href: listAddress(base, query, { view: one }),
            isChosen: page.view === one,
          }))}
        />
      )}
      <Choice
        label={t('list.state')}
        options={(['open', 'closed', 'all'] as const).map((one) => ({
          text: t(`list.${one}`),
          href: listAddress(base, query, { state: one }),
          isChosen: query.state === one,
        }))}
      />
    </div>
  );
}

function ColumnHead({
  view,
  query,
  column,
  label,
}: {
  readonly view: MemberView;
  readonly query: ListQuery;
  readonly column: ListQuery['sort'];
  readonly label: string;
}) {
  const { base, translator } = view.visit;
  const isSorted = query.sort === column;
  const turned = query.direction === 'ascending' ? 'descending' : 'ascending';
  const direction = isSorted ? turned : firstDirection(column);
  return (
    <th scope="col" aria-sort={isSorted ? query.direction : undefined}>
      <a href={listAddress(base, query, { sort: column, direction })} title={translator.t('list.sortBy', { column: label })}>
        {label}
        {isSorted && (query.direction === 'ascending' ? <UpIcon /> : <DownIcon />)}
      </a>
    </th>
  );
}

function Row({ view, ticket }: { readonly view: MemberView; readonly ticket: CustomerTicketSummary }) {
  const { visit } = view;
  const { t } = visit.translator;
  return (
    <tr>
      <td data-label={t('list.number')}>{ticket.number}</td>
      <td>
        <a href={`${visit.base}/tickets/${ticket.number}`}>
          <bdi>{ticket.subject}</bdi>
        </a>
        {!ticket.isMine && ticket.requesterName !== null && <small dir="auto">{t('list.from', { name: ticket.requesterName })}</small>}
      </td>
      <td>
        <When visit={visit} at={ticket.createdAt} form="day" />
      </td>
      <td>
        <When visit={visit} at={ticket.lastActivityAt} />
      </td>
      <td>
        <StatusChip visit={visit} status={ticket.status} turn={ticket.turn} />
      </td>
    </tr>
  );
}

function Table({ view, query, page }: TicketListPageProps) {
  const { t } = view.visit.translator;
  const head = { view, query };
  return (
    <table class="tickets">
      <thead>
        <tr>
          <ColumnHead {...head} column="number" label={t('list.number')} />
          <ColumnHead {...head} column="subject" label={t('list.subject')} />
          <ColumnHead {...head} column="created" label={t('list.created')} />
          <ColumnHead {...head} column="activity" label={t('list.activity')} />
          <th scope="col">{t('list.status')}</th>
        </tr>
      </thead>
      <tbody>
        {page.items.map((ticket) => (
          <Row key={ticket.number} view={view} ticket={ticket} />
        ))}
      </tbody>
    </table>
  );
}

/** Why the list is empty, and the one thing to do about it. */
function Nothing({ view, query }: { readonly view: MemberView; readonly query: ListQuery }) {
  const { base, translator, settings } = view.visit;
  const { t } = translator;
  const all = listAddress(base, query, { state: 'all' });
  const empty = { title: t('list.emptyTitle'), text: t(settings.canFileTickets ? 'list.emptyText' : 'list.emptyTextClosed'), link: undefined };
  const byState = {
    open: { title: t('list.noOpenTitle'), text: t('list.noOpenText'), link: { href: all, text: t('list.showAll') } },
    closed: { title: t('list.noClosedTitle'), text: t('list.noClosedText'), link: { href: all, text: t('list.showAll') } },
    all: empty,
  };
  const bySearch = {
    title: t('list.noMatchTitle'),
    text: t(query.state === 'all' ? 'list.noMatchTextAll' : 'list.noMatchText', { search: query.search }),
    link: query.state === 'all' ? { href: listAddress(base, query, { search: '' }), text: t('list.searchClear') } : { href: all, text: t('list.searchAll') },
  };
  const { title, text, link } = query.search === '' ? byState[query.state] : bySearch;
  return (
    <div class="nothing">
      <TicketIcon />
      <h2>{title}</h2>
      <p dir="auto">{text}</p>
      {link !== undefined && (
        <a class="button" href={link.href}>
          {link.text}
        </a>
      )}
      {link === undefined && settings.canFileTickets && (
        <a class="button primary" href={`${base}/tickets/new`}>
          {t('frame.fileTicket')}
        </a>
      )}
    </div>
  );
}

/** On a phone the columns have no heads to sort by. */
function SortMenu({ view, query }: { readonly view: MemberView; readonly query: ListQuery }) {
  const { base, translator } = view.visit;
  const { t } = translator;
  const orders = [
    { text: t('list.sortActivity'), sort: 'activity', direction: 'descending' },
    { text: t('list.sortCreated'), sort: 'created', direction: 'descending' },
    { text: t('list.sortCreatedOldest'), sort: 'created', direction: 'ascending' },
    { text: t('list.sortSubject'), sort: 'subject', direction: 'ascending' },
  ] as const;
  const chosen = orders.find((order) => order.sort === query.sort && order.direction === query.direction) ?? orders[0];
  return (
    <details class="menu sort">
      <summary>
        {t('list.sort')}: {chosen.text}
      </summary>
      <div class="sheet">
        {orders.map((order) => (
          <a key={order.text} href={listAddress(base, query, order)} aria-current={order === chosen ? 'true' : undefined}>
            {order.text}
          </a>
        ))}
      </div>
    </details>
  );
}

function Pages({ view, query, page }: TicketListPageProps) {
  const { base, translator } = view.visit;
  if (query.cursor === undefined && page.nextCursor === null) return null;
  return (
    <nav class="pages" aria-label={translator.t('frame.tickets')}>
      {query.cursor !== undefined && (
        <a class="button" href={listAddress(base, query)}>
          {translator.t('list.first')}
        </a>
      )}
      {page.nextCursor !== null && (
        <a class="button" rel="next" href={listAddress(base, query, { cursor: page.nextCursor })}>
          {translator.t('list.older')}
        </a>
      )}
    </nav>
  );
}

export function TicketListPage(props: TicketListPageProps) {
  const { view, query, page, notice } = props;
  const { base, translator, settings } = view.visit;
  const { t } = translator;
  const isNew = page.items.length === 0 && query.search === '' && query.state === 'all' && query.cursor === undefined;
  return (
    <MemberFrame view={view} place="tickets">
      <div class="hero">
        <h1>{t(page.view === 'organisation' && page.canViewOrganisation ? 'list.titleOrganisation' : 'list.title')}</h1>
        {settings.canFileTickets && !isNew && (
          <a class="button primary" href={`${base}/tickets/new`}>
            {t('frame.fileTicket')}
          </a>
        )}
      </div>
      {notice !== undefined && <Notice kind="good">{notice}</Notice>}
      {(!isNew || page.canViewOrganisation) && <Tools {...props} />}
      {page.items.length === 0 ? (
        <Nothing view={view} query={query} />
      ) : (
        <>
          <SortMenu view={view} query={query} />
          <Table {...props} />
          {page.isPartial && <p class="hint">{t('list.partial')}</p>}
          <Pages {...props} />
        </>
      )}
    </MemberFrame>
  );
}
