/** Asks for the day of the scan behind answers that were given on the map of the body. */
import { type CaseRecord, type Guide, say, withObservation } from '@serosa/core';
import type { ReactNode } from 'react';
import { count } from '../view/words.js';
import { DayInput } from './question.js';
import { undatedScans } from './told.js';

export function ScanDay(props: {
  readonly guide: Guide;
  readonly record: CaseRecord;
  readonly onRecord: (record: CaseRecord) => void;
}): ReactNode {
  const { guide, record, onRecord } = props;
  const undated = undatedScans(record, guide.catalogue);
  if (undated.length === 0) return null;
  return (
    <div className="ask interview-controls" role="status">
      <p className="ask-label">{say`${count(undated.length, say`answer of yours does`, say`answers of yours do`)} not count yet: when was the scan that shows it? Month and year are enough.`}</p>
      <DayInput
        id="scan-day"
        label={say`Day of the scan`}
        date={undefined}
        onDate={(date) => {
          if (date !== undefined) onRecord(undated.reduce((after, said) => withObservation(after, { ...said, date }), record));
        }}
      />
    </div>
  );
}
