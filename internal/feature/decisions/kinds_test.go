package decisions_test

import (
	"testing"

	"example.org/meantime/internal/feature/decisions"
)

func TestEveryKindIsExplainedBeforeItIsChosen(t *testing.T) {
	seen := map[decisions.Kind]bool{}
	for _, k := range decisions.Kinds() {
		seen[k.Kind] = true
		if k.Says == "" {
			t.Errorf("%s does not say what it is", k.Kind)
		}
		if len(k.Methods) == 0 {
			t.Errorf("%s has no way of counting", k.Kind)
		}
		for _, m := range k.Methods {
			if m.Sentence == "" || m.Asks == "" || m.Ties == "" || m.Use == "" || m.Source == "" {
				t.Errorf("%s by %q is not explained: %+v", k.Kind, m.Key, m)
			}
		}
	}
	for _, k := range []decisions.Kind{
		decisions.SenseCheck, decisions.Consent, decisions.Advice, decisions.Majority, decisions.Approval,
		decisions.Score, decisions.Dots, decisions.Ranked, decisions.Time,
	} {
		if !seen[k] {
			t.Errorf("%s is not offered", k)
		}
	}
}
