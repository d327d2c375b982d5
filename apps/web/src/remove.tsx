/** Deleting a case, which cannot be undone. */
import { say } from '@serosa/core';
import { type ReactNode, useState } from 'react';

/** Asks once more: what is deleted is nowhere else. */
export function Remove(props: { readonly name: string; readonly onRemove: () => void }): ReactNode {
  const [asking, setAsking] = useState(false);
  return asking ? (
    <span className="row remove">
      <span>{say`Delete “${props.name}” from this browser? It cannot be brought back.`}</span>
      <button type="button" className="danger" onClick={props.onRemove}>{say`Delete for good`}</button>
      <button type="button" className="quiet" onClick={() => setAsking(false)}>{say`Keep it`}</button>
    </span>
  ) : (
    <button type="button" className="quiet" onClick={() => setAsking(true)}>
      {say`Delete`}
      <span className="unseen"> {props.name}</span>
    </button>
  );
}
