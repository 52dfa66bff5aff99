import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import { useMe } from '~/api/queries';
import { PersonPicker } from '~/core/people';

type MovedProps = {
  value: { by: string | null; why: string };
  onChange: (v: MovedProps['value']) => void;
};

/** The argument that changed somebody's mind. */
export function Moved({ value, onChange }: MovedProps) {
  const me = useMe().person.id;
  return (
    <div className="dec-moved">
      <PersonPicker
        label={t`Whose reason changed your mind`}
        value={value.by}
        exclude={[me]}
        onChange={(by) => onChange({ ...value, by })}
      />
      <TextInput
        label={t`What changed your mind`}
        dir="auto"
        maxLength={2000}
        value={value.why}
        onChange={(e) => onChange({ ...value, why: e.currentTarget.value })}
      />
    </div>
  );
}
