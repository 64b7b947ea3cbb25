import type { FileFormat } from '../file-format.ts';
import { isRecord, type Row } from '../row.ts';
import { table } from '../table/table.ts';

/** Records of Argilla: a table under `fields`, beside the responses of its annotators. */
export const argillaRecords: FileFormat = {
  name: 'argilla',
  sign: 'rows of fields, and responses or suggestions',
  fits: ({ at, value }) => {
    const { fields, responses, suggestions } = value;
    return isRecord(fields) && (responses ?? suggestions) !== undefined && table.fits({ at, value: fields });
  },
  open: (rows, options) => {
    const reader = table.open(rows.map(fieldsOf), options);
    return { ...reader, read: row => reader.read(fieldsOf(row)) };
  },
};

/** Returns the table's row, with the record's id. */
function fieldsOf({ at, value: { id, fields } }: Row): Row {
  return { at, value: { ...(id !== undefined && { id }), ...(isRecord(fields) && fields) } };
}
