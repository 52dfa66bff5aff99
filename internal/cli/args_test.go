package cli

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// raws are the words in which cobra speaks of arguments.
var raws = regexp.MustCompile(`arg\(s\)|accepts|requires|required flag|unknown command`)

// Every command says in plain words what it was not given, or was given too much of.
func TestEveryCommandSaysWhatIsMissing(t *testing.T) {
	for _, cmd := range under((&env{}).root()) {
		_, must, _ := wanted(cmd)
		missing := append(must, required(cmd)...)
		for _, x := range missing {
			if things[x] == "" {
				t.Errorf("%s takes %s: say in args.go what that is", cmd.CommandPath(), x)
			}
		}
		path := strings.Fields(cmd.CommandPath())[1:]
		if len(missing) > 0 {
			code, said := run(t, path...)
			if code != 1 || raws.MatchString(said) || !strings.Contains(said, missing[0]+" is "+things[missing[0]]) || !strings.Contains(said, "write "+cmd.CommandPath()) {
				t.Errorf("%s without anything: %d, %q", cmd.CommandPath(), code, said)
			}
		}
		if cmd.Args(cmd, make([]string, 9)) == nil {
			continue // it takes as many as there are
		}
		if code, said := run(t, append(path, "a", "b", "c", "d", "e", "f", "g", "h", "i")...); code != 1 || raws.MatchString(said) {
			t.Errorf("%s with nine things: %d, %q", cmd.CommandPath(), code, said)
		}
	}
}

// Only what stands in Use is checked; so it says as much as Args does.
func TestUseSaysWhatArgsDoes(t *testing.T) {
	for _, cmd := range under((&env{}).root()) {
		all, must, many := wanted(cmd)
		for _, f := range required(cmd) {
			if err := cmd.Flags().Set(strings.TrimPrefix(f, "--"), "x"); err != nil {
				t.Fatal(err)
			}
		}
		for n := range 9 {
			fits := n >= len(must) && (n <= len(all) || many)
			if got := cmd.Args(cmd, make([]string, n)) == nil; got != fits {
				t.Errorf("%s with %d things: taken %v, and Use says %q", cmd.CommandPath(), n, got, cmd.Use)
			}
		}
	}
}

// under lists all commands beneath one, but for those that cobra brings.
func under(cmd *cobra.Command) (out []*cobra.Command) {
	for _, c := range cmd.Commands() {
		out = append(append(out, c), under(c)...)
	}
	return out
}

func run(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = Run(t.Context(), Local{}, args, strings.NewReader(""), &out, &errs)
	return code, errs.String()
}
