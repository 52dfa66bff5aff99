package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.org/meantime/worktime"
)

// moment reads an instant as people write it: 2026-12-01 16:00 on one's own clock,
// or with a zone of its own. The API's own form comes out; nothing stays nothing.
func (e *env) moment(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.Format(time.RFC3339), nil
	}
	for _, form := range []string{"2006-01-02 15:04", "2006-01-02T15:04"} {
		typed, err := time.Parse(form, s)
		if err != nil {
			continue
		}
		date, err := worktime.ParseDate(typed.Format(time.DateOnly))
		if err != nil {
			return "", err
		}
		t, err := worktime.Wall(e.zone().String(), date, typed.Hour()*60+typed.Minute())
		if err != nil { // the machine's zone, which has no name
			t, err = time.ParseInLocation(form, s, e.zone())
		}
		return t.Format(time.RFC3339), err
	}
	return "", fmt.Errorf("%q is no time; write it like \"2026-12-01 16:00\" on your clock, or 2026-12-01T16:00:00Z", s)
}

// momentInto sets a field to an instant, unless none was given.
func (e *env) momentInto(body map[string]any, field, s string) error {
	t, err := e.moment(s)
	if err == nil && t != "" {
		body[field] = t
	}
	return err
}

// apart holds that at most one of some options is given.
func apart(cmd *cobra.Command, names ...string) error {
	var given []string
	for _, n := range names {
		if cmd.Flags().Changed(n) {
			given = append(given, "--"+n)
		}
	}
	if len(given) > 1 {
		return fmt.Errorf("%s do not go together; give one of them", strings.Join(given, " and "))
	}
	return nil
}

// anyOf holds that at least one of some options is given.
func anyOf(cmd *cobra.Command, what string, names ...string) error {
	for _, n := range names {
		if cmd.Flags().Changed(n) {
			return nil
		}
	}
	return fmt.Errorf("say %s: --%s", what, strings.Join(names, ", or --"))
}

// sureOf holds that somebody means what cannot be taken back.
func sureOf(sure bool, what string) error {
	if sure {
		return nil
	}
	return errors.New(what + " Add --sure if you mean it")
}

// keepFile writes what a command fetched into a file, or to standard output for - or none.
func (e *env) keepFile(name string, b []byte) error {
	if name != "" && name != "-" {
		return os.WriteFile(name, b, 0o600)
	}
	_, err := e.out.Write(b)
	return err
}
