import { t } from '@lingui/core/macro';
import { NativeSelect, NumberInput, Switch } from '@mantine/core';
import type { DecisionRules, KindAbout } from '~/api/decisions';
import { blindWord, methodWord, shareWord, silenceWord } from './words';
import { silencesOf, type Writing } from './writing';

type Props = {
  writing: Writing;
  about: KindAbout | undefined;
  set: (part: Partial<Writing>) => void;
};
const shares = ['most', 'more_than_half', 'two_thirds', 'three_quarters', 'all'] as const;

/** How it is counted, what is hidden, and what silence means. Only what the kind takes is asked. */
export function RulesFields({ writing: w, about, set }: Props) {
  const r = w.rules;
  const put = (part: Partial<Writing['rules']>) => set({ rules: { ...r, ...part } });
  const method = about?.methods.find((m) => m.key === r.method);
  const several = w.kind === 'ranked' ? method?.several : !!about?.methods[0]?.several;
  const anonymous = r.anonymous && !about?.names;
  const blinds: DecisionRules['blind'][] = ['shown', 'until_voted', 'until_closed'];
  return (
    <div className="dec-form">
      {w.kind === 'ranked' && (
        <NativeSelect
          label={t`Counted by`}
          description={method && `${method.sentence} ${method.use}`}
          value={r.method}
          onChange={(e) => put({ method: e.currentTarget.value as Writing['rules']['method'] })}
          data={(about?.methods ?? []).map((m) => ({ value: m.key, label: methodWord(m.key) }))}
        />
      )}
      {w.kind === 'ranked' && method && <p className="dec-note">{t`Ties: ${method.ties}`}</p>}
      <div className="dec-pairline">
        {w.kind === 'majority' && (
          <NativeSelect
            label={t`It takes`}
            value={r.share}
            onChange={(e) => put({ share: e.currentTarget.value as Writing['rules']['share'] })}
            data={shares.map((s) => ({ value: s, label: shareWord(s) }))}
          />
        )}
        {w.kind === 'score' && (
          <NumberInput
            label={t`Highest score`}
            min={1}
            max={100}
            value={r.score}
            onChange={(n) => put({ score: Number(n) || 1 })}
          />
        )}
        {w.kind === 'dots' && (
          <NumberInput
            label={t`Dots for everybody`}
            min={1}
            max={1000}
            value={r.dots}
            onChange={(n) => put({ dots: Number(n) || 1 })}
          />
        )}
        {several && (
          <NumberInput
            label={t`How many are chosen`}
            min={1}
            max={50}
            value={r.seats}
            onChange={(n) => put({ seats: Number(n) || 1 })}
          />
        )}
        {w.kind !== 'advice' && (
          <NumberInput
            label={t`Quorum, per cent`}
            description={t`How many must take part; 0 for none.`}
            min={0}
            max={100}
            value={r.quorum}
            onChange={(n) => put({ quorum: Number(n) || 0 })}
          />
        )}
        <NativeSelect
          label={t`Reasons`}
          value={w.kind === 'advice' && r.reasons === 'off' ? 'optional' : r.reasons}
          onChange={(e) => put({ reasons: e.currentTarget.value as DecisionRules['reasons'] })}
          data={[
            { value: 'optional', label: t`if one likes` },
            { value: 'required', label: t`everybody gives one` },
            ...(w.kind === 'advice' ? [] : [{ value: 'off', label: t`none` }]),
          ]}
        />
      </div>
      {about && !about.names && (
        <Switch
          label={t`Without names`}
          description={t`Ballots are sealed until the end and carry no names. It takes five who are entitled and five ballots, and cannot be changed later. The ballot says what is kept.`}
          checked={r.anonymous}
          onChange={(e) => put({ anonymous: e.currentTarget.checked })}
        />
      )}
      <NativeSelect
        label={t`Who sees how it stands`}
        disabled={anonymous}
        value={anonymous ? 'until_closed' : r.blind}
        onChange={(e) => put({ blind: e.currentTarget.value as DecisionRules['blind'] })}
        data={blinds.map((b) => ({ value: b, label: blindWord(b) }))}
      />
      {!anonymous && r.reasons !== 'off' && (
        <Switch
          label={t`Sealed reasons`}
          description={t`The reasons of others open with one’s own ballot, which may then be changed once, naming what changed one’s mind.`}
          checked={r.sealed}
          onChange={(e) => put({ sealed: e.currentTarget.checked })}
        />
      )}
      <NativeSelect
        label={t`What silence means in the end`}
        value={silencesOf(w).includes(r.silence) ? r.silence : 'nothing'}
        onChange={(e) => put({ silence: e.currentTarget.value as DecisionRules['silence'] })}
        data={silencesOf(w).map((s) => ({ value: s, label: silenceWord(s) }))}
      />
      {!anonymous && (
        <NumberInput
          label={t`Hours in which the absent may object afterwards`}
          description={t`Of their own working time; 0 for no such window. An objection opens the decision again.`}
          min={0}
          max={400}
          maw={260}
          value={r.objections}
          onChange={(n) => put({ objections: Number(n) || 0 })}
        />
      )}
    </div>
  );
}
