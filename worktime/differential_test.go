package worktime_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/meantime/worktime"
)

// corpus opens a file of the test data that MEANTIME_CORPUS names.
func corpus(t testing.TB, path string, into any) {
	t.Helper()
	dir := os.Getenv("MEANTIME_CORPUS")
	if dir == "" {
		t.Skip("set MEANTIME_CORPUS to the folder of test data to run this")
	}
	b, err := os.ReadFile(filepath.Join(dir, path))
	if os.IsNotExist(err) {
		t.Skipf("%s is not in the test data", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// evaluate puts cases through Eval and reads the results.
func evaluate(t testing.TB, cases any) []map[string]any {
	t.Helper()
	in, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := worktime.Eval(bytes.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	var results []map[string]any
	if err := json.Unmarshal(out.Bytes(), &results); err != nil {
		t.Fatal(err)
	}
	return results
}

type differentialRow struct {
	ID       string
	TZ       string
	Weekly   map[string][][2]string
	Holidays []string
	Start    string
	Op       string
	End      string
	Minutes  int
	Class    string
	Expected json.RawMessage
}

// TestDifferential holds the answers of three independent implementations.
// Rows on which all three agree must be met exactly. Where they differ, our
// policies decide: a duration used up at closing ends there, no time at all
// takes none, and time is what elapses.
func TestDifferential(t *testing.T) {
	for _, file := range []string{"differential_9000.json", "differential_dst.json"} {
		t.Run(strings.TrimSuffix(file, ".json"), func(t *testing.T) {
			var rows []differentialRow
			corpus(t, "worktime/"+file, &rows)
			cases := make([]map[string]any, len(rows))
			for i, r := range rows {
				cases[i] = r.evalCase()
			}
			seen := map[string]int{}
			for i, got := range evaluate(t, cases) {
				r := rows[i]
				seen[r.Class]++
				if wants := r.wants(t); r.Class != "disputed" && !slices.Contains(wants, show(got)) {
					t.Errorf("%s (%s): %s gave %s, want %v", r.ID, r.Class, r.Op, show(got), wants)
				}
			}
			t.Logf("rows by class: %v", seen)
		})
	}
}

func (r differentialRow) evalCase() map[string]any {
	week := map[string][]string{}
	for d, list := range r.Weekly {
		for _, pair := range list {
			week[d] = append(week[d], pair[0]+"-"+pair[1])
		}
	}
	return map[string]any{
		"id": r.ID, "op": r.Op, "t": r.Start, "u": r.End, "d": fmt.Sprintf("%dm", r.Minutes),
		"schedule": worktime.Spec{Zone: r.TZ, Weekly: week, Holidays: r.Holidays},
	}
}

// policies are the keys of the answers we side with, where three differ.
var policies = []string{"end_of_interval", "unchanged", "real_elapsed", "others"}

// wants are the answers our policies allow; none when the row is disputed.
func (r differentialRow) wants(t *testing.T) []string {
	raw := r.Expected
	var several map[string]json.RawMessage
	if json.Unmarshal(raw, &several) == nil {
		raw = nil
		for _, key := range policies {
			if v, ok := several[key]; ok {
				raw = v
			}
		}
	}
	if raw == nil && r.Class != "disputed" {
		t.Fatalf("%s (%s): no policy for %s", r.ID, r.Class, r.Expected)
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	var out []string
	for _, v := range list {
		out = append(out, strings.Trim(string(v), `"`))
	}
	return out
}

// show writes what an answer says, without its id.
func show(got map[string]any) string {
	for _, key := range []string{"at", "seconds", "working", "error"} {
		if v, ok := got[key]; ok {
			if f, ok := v.(float64); ok {
				return fmt.Sprintf("%.9g", f)
			}
			return fmt.Sprint(v)
		}
	}
	return fmt.Sprint(got)
}
