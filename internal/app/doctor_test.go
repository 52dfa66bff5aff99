package app_test

import (
	"os"
	"testing"

	"example.org/meantime/internal/app"
)

func TestDoctor(t *testing.T) {
	i := install(t, "")
	if err := i.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	state := func(findings []app.Finding) map[string]string {
		out := map[string]string{}
		for _, f := range findings {
			if out[f.What] = f.State; f.State != "ok" && f.Remedy == "" {
				t.Errorf("%s is %s, and nothing is said to be done", f.What, f.State)
			}
		}
		return out
	}
	for _, what := range []string{"database", "data folder", "listeners", "parked events", "jobs", "time zones", "address"} {
		if got := state(i.Doctor(t.Context(), true))[what]; got != "ok" {
			t.Errorf("%s is %q", what, got)
		}
	}
	if got := state(i.Doctor(t.Context(), false)); got["address"] != "warning" || got["mail"] != "warning" {
		t.Errorf("without an address and a mail server: %v", got)
	}
	if err := os.RemoveAll(i.o.Data); err != nil {
		t.Fatal(err)
	}
	if got := state(i.Doctor(t.Context(), true)); got["data folder"] != "broken" {
		t.Errorf("without its folder: %v", got)
	}
}
