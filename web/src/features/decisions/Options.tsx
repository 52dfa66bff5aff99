import type { DecisionOption } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { Clocks } from './Clocks';
import { optionName } from './words';

/** An option as it is read: its letter, its name, what it means; of a time the clocks of others. */
export function OptionLine({ option }: { option: DecisionOption }) {
  const zone = useMe().person.zone;
  return (
    <span className="dec-option">
      <span className="dec-option-name">
        <span className="dec-letter" aria-hidden>
          {option.key}
        </span>
        <bdi>{optionName(option, zone)}</bdi>
      </span>
      {option.start &&
        option.name &&
        optionName(option, zone) !== option.name &&
        !isTimeName(option.name) && (
          <span className="due-note" dir="auto">
            {option.name}
          </span>
        )}
      {option.meaning && (
        <span className="dec-meaning" dir="auto">
          {option.meaning}
        </span>
      )}
      {option.start && <Clocks start={option.start} end={option.end} />}
    </span>
  );
}

/** The server names a time that was given no name; its own clock is worth more here. */
const isTimeName = (name: string) => /^\w{3} \d{1,2} \w{3}|^\d{4}-\d{2}-\d{2}/.test(name);
