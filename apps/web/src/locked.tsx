/** A case file with a passphrase: saved so, and opened again. */
import { say } from '@serosa/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { CAN_SEAL, SHORTEST_PASSPHRASE, seal, unseal } from './seal.js';

/** A button that asks for a passphrase and hands over the sealed text. */
export function SaveLocked(props: {
  readonly text: () => Promise<string>;
  readonly onSealed: (sealed: string) => void;
}): ReactNode {
  const id = useId();
  const [asking, setAsking] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const short = passphrase.length < SHORTEST_PASSPHRASE;
  if (!CAN_SEAL) return null;
  if (!asking) return <button type="button" onClick={() => setAsking(true)}>{say`Save it with a passphrase`}</button>;
  return (
    <form
      className="locked interview-controls"
      onSubmit={(event) => {
        event.preventDefault();
        if (short) return;
        void props
          .text()
          .then((text) => seal(text, passphrase))
          .then((sealed) => {
            props.onSealed(sealed);
            setAsking(false);
            setPassphrase('');
          });
      }}
    >
      <label
        htmlFor={id}
      >{say`Passphrase: ${SHORTEST_PASSPHRASE} letters or more. Write it down: without it nobody can open the file.`}</label>
      <p className="row">
        {/* Shown as it is typed: a slip that nobody sees would lock the file for good. */}
        <input
          id={id}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <button type="submit" className="primary" disabled={short}>{say`Save`}</button>
        <button type="button" className="quiet" onClick={() => setAsking(false)}>{say`Cancel`}</button>
      </p>
    </form>
  );
}

/** Asks for the passphrase of a file until it opens. */
export function Unlock(props: {
  readonly name: string;
  readonly sealed: string;
  readonly onOpen: (text: string) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const id = useId();
  const [passphrase, setPassphrase] = useState('');
  const [wrong, setWrong] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  if (!CAN_SEAL)
    return (
      <p
        className="wrong"
        role="alert"
      >{say`“${props.name}” is locked, and this page cannot open it: it was not loaded over https. Open it where Serosa runs on your own computer.`}</p>
    );
  return (
    <form
      className="locked interview-controls"
      onSubmit={(event) => {
        event.preventDefault();
        void unseal(props.sealed, passphrase).then((text) => (text === undefined ? setWrong(true) : props.onOpen(text)));
      }}
    >
      <label htmlFor={id}>{say`“${props.name}” is locked. Its passphrase:`}</label>
      <p className="row">
        <input
          id={id}
          ref={box}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={passphrase}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value);
            setWrong(false);
          }}
        />
        <button type="submit" className="primary">{say`Open`}</button>
        <button type="button" className="quiet" onClick={props.onCancel}>{say`Cancel`}</button>
      </p>
      {wrong ? (
        <p
          id={`${id}-wrong`}
          className="wrong"
          role="alert"
        >{say`This passphrase does not open the file. Look at large and small letters. If it is right, the file was changed or cut on its way.`}</p>
      ) : null}
    </form>
  );
}
