import { Radio, Select } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { ImportObject, ImportOptions, type ImportBatch } from '#server/imports/imports.contract.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { SelectField } from '../../../ui/fields.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { countryChoices } from '../../countries.ts';
import styles from './import-steps.module.css';
import { doubledTargets, recognisedAs, writtenAs } from './import-words.ts';
import type { Import } from './use-import.ts';

const objects = [
  { value: 'contacts', label: 'Contacts' },
  { value: 'companies', label: 'Companies' },
  { value: 'tickets', label: 'Tickets' },
  { value: 'deals', label: 'Deals' },
];

const surely = 0.75;

/** What was recognised, and which column goes where. */
export function ColumnsStep({ model, batch, options }: { readonly model: Import; readonly batch: ImportBatch; readonly options: ImportOptions }) {
  const { analysis } = batch;
  const problems = fieldProblems(model.check.error);
  return (
    <div className={styles.stack}>
      <ProblemSummary error={model.check.error} title="This can’t be checked yet" labels={{ defaultCountry: 'Country of the numbers' }} />
      <div className={styles.recognised}>
        <div>
          <strong>{recognisedAs(analysis)}</strong>
          <p className={styles.quiet}>{writtenAs(analysis)}</p>
          {analysis.confidence < surely ? <p className={styles.unsure}>This is a guess. Look at the columns below.</p> : null}
        </div>
        {model.readAs === undefined ? null : (
          <Select
            aria-label="What is in the file"
            data={objects}
            value={options.object}
            allowDeselect={false}
            disabled={model.upload.isPending}
            onChange={(object) => model.readAs?.(ImportObject.parse(object))}
          />
        )}
      </div>
      {analysis.warnings.length === 0 ? null : (
        <div className={styles.warning}>
          <TriangleAlert size={16} aria-hidden="true" />
          <ul className={styles.warnings}>
            {analysis.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      )}
      <MappingTable batch={batch} options={options} onMap={(mapping) => model.choose({ mapping })} />
      <SelectField
        label="Country of the numbers"
        hint="For numbers without a country code, unless the row names a country."
        value={options.defaultCountry}
        choices={countryChoices}
        problem={problems['defaultCountry']}
        onChange={(defaultCountry) => model.choose({ defaultCountry })}
      />
      <Radio.Group
        label="When somebody is here already"
        description="People are known again by their id in the other system, then by e-mail."
        value={options.onExisting}
        onChange={(value) => model.choose({ onExisting: ImportOptions.shape.onExisting.parse(value) })}
      >
        <div className={styles.radios}>
          <Radio value="take-theirs" label="Take the file’s values" />
          <Radio value="fill-empty" label="Fill in only what is empty here" />
          <Radio value="keep-ours" label="Leave them as they are" />
        </div>
      </Radio.Group>
    </div>
  );
}

const leaveOut = '';

/** Samples are values as they would be imported: dates stand as year, month, day. */
function isDate(sample: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/u.test(sample);
}

const dateOrders = { ymd: 'Read as year, month, day', dmy: 'Read as day, month, year', mdy: 'Read as month, day, year' } as const;

interface MappingTableProps {
  readonly batch: ImportBatch;
  readonly options: ImportOptions;
  readonly onMap: (mapping: ImportOptions['mapping']) => void;
}

function MappingTable({ batch, options, onMap }: MappingTableProps) {
  const { columns, targets } = batch.analysis;
  const doubled = doubledTargets(options.mapping);
  return (
    <div className={styles.tableFrame}>
      <table className={styles.table}>
        <caption className="visually-hidden">Which column goes where</caption>
        <thead>
          <tr>
            <th scope="col" className={styles.columnHead}>
              Column in the file
            </th>
            <th scope="col">First values</th>
            <th scope="col" className={styles.targetHead}>
              Goes to
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ header, samples, dateOrder }) => {
            const target = options.mapping[header] ?? null;
            return (
              <tr key={header} data-out={target === null || undefined}>
                <th scope="row">
                  <bdi>{header}</bdi>
                </th>
                <td>
                  <bdi className={styles.samples}>{samples.filter((sample) => sample !== '').join(' · ')}</bdi>
                  {dateOrder === undefined || !samples.some(isDate) ? null : <span className={styles.order}>{dateOrders[dateOrder]}</span>}
                </td>
                <td>
                  <Select
                    aria-label={`${header} goes to`}
                    size="xs"
                    data={choicesFor(header, targets, target)}
                    value={target ?? leaveOut}
                    searchable
                    allowDeselect={false}
                    nothingFoundMessage="Nothing fits"
                    error={target !== null && doubled.has(target) ? 'Two columns go here' : undefined}
                    onChange={(value) => onMap({ ...options.mapping, [header]: value === leaveOut || value === null ? null : value })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function choicesFor(header: string, targets: ImportBatch['analysis']['targets'], present: string | null) {
  const known = targets.map(({ field, label }) => ({ value: field, label }));
  const isKnown = (field: string) => known.some((choice) => choice.value === field);
  // The guess has a name for the property that this column would make.
  const own = present?.startsWith('property:') === true && !isKnown(present) ? present : `property:${header}`;
  return [
    { value: leaveOut, label: 'Leave out' },
    ...known,
    ...(isKnown(own) ? [] : [{ value: own, label: `New property “${header}”` }]),
    ...(present !== null && present !== own && !isKnown(present) ? [{ value: present, label: present }] : []),
  ];
}
