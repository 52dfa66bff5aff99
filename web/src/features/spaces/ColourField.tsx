import { t } from '@lingui/core/macro';
import { useId } from 'react';
import { colours } from './colours';

/** Chooses a space's colour; each has a name, so that nobody has to tell them apart by eye. */
export function ColourField({ value, onChange }: { value: string; onChange: (colour: string) => void }) {
  const name = useId();
  return (
    <fieldset className="colours">
      <legend>{t`Colour`}</legend>
      {colours().map(([colour, word]) => (
        <label key={colour} title={word}>
          <input
            type="radio"
            name={name}
            checked={value === colour}
            onChange={() => onChange(colour)}
            aria-label={word}
          />
          <span className={`dot dot-${colour}`} aria-hidden />
        </label>
      ))}
    </fieldset>
  );
}
