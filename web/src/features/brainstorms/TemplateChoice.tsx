import { t } from '@lingui/core/macro';
import type { BrainstormTemplate } from '~/api/brainstorms';
import { methods, phaseWord } from './words';

type Props = {
  templates: BrainstormTemplate[];
  value: string;
  onChange: (template: BrainstormTemplate) => void;
};

/** What a brainstorm can start from: radio buttons that look like cards. */
export function TemplateChoice({ templates, value, onChange }: Props) {
  const how = (x: BrainstormTemplate) => methods().find((m) => m.value === x.vote.method)?.label ?? '';
  return (
    <fieldset className="bs-set">
      <legend>{t`Start from`}</legend>
      <div className="bs-templates">
        {templates.map((x) => (
          <label key={x.key} className="bs-template">
            <input
              type="radio"
              name="template"
              value={x.key}
              checked={x.key === value}
              onChange={() => onChange(x)}
            />
            <span className="bs-template-name">{nameOf(x)}</span>
            <span className="due-note">
              {[x.plan.map((s) => phaseWord(s.phase)).join(', '), how(x), x.anonymous && t`anonymous`]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The server names its templates in English; those we know are named in the reader's language. */
const nameOf = (x: BrainstormTemplate): string =>
  ({
    open: t`Open question`,
    retro: t`Retrospective`,
    hmw: t`How might we`,
    naming: t`Naming`,
    risks: t`Risks`,
    next: t`What next`,
  })[x.key] ?? x.name;
