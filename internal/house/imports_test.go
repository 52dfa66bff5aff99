package house

import (
	"fmt"
	"strings"
	"testing"
)

// coreOrder is who may import whom in core: only what stands to the left.
var coreOrder = []string{"people", "auth", "spaces", "asks"}

// onlyTests are the packages that nothing but tests may import, and why.
var onlyTests = map[string]string{
	"internal/core/coretest":    "is the world that tests stand in",
	"internal/platform/testkit": "makes databases and processes that die, for tests",
}

// place is where a package lives: its floor of the house and its own name there.
type place struct{ floor, name string }

// world stands on core's packages, whose own tests stand in it.
var world = place{"core", "coretest"}

// below says which floors each floor may import. A floor that is not a key is
// a folder the house does not know.
var below = map[string][]string{
	"worktime": {},
	"tally":    {},
	"db":       {},
	"web":      {},
	"scripts":  {},
	"house":    {},
	"platform": {"platform", "worktime", "tally", "db", "web"},
	"core":     {"core", "platform", "worktime", "tally"},
	"feature":  {"feature", "core", "platform", "worktime", "tally"},
	"app":      {"app", "feature", "core", "platform", "worktime", "tally", "db", "web"},
	"cli":      {"cli", "app", "platform", "worktime", "tally"},
	"bench":    {"app", "feature", "core", "platform", "worktime", "tally", "db"},
	"journeys": {"journeys", "cli", "app", "feature", "core", "platform", "worktime", "tally", "db", "web"},
	"cmd":      {"cli", "app", "platform", "worktime", "tally"},
	"api":      {},
}

// instead is the second half of each refusal: what to do about it.
var instead = map[string]string{
	"worktime": "worktime is pure arithmetic that anybody may import: pass in what it needs as a value",
	"tally":    "tally is pure counting that anybody may import: pass in what it needs as a value",
	"platform": "the platform knows no noun: take a small interface or a value, and let app fill it",
	"core":     "listen to the log, or declare a small interface in this package and let app fill it",
	"feature":  "listen to its events, be described by kind, or declare a small interface in this package and let app fill it",
	"cli":      "talk to the server over its API; what needs the whole house (serve, demo, backup) is made by app",
	"cmd":      "call cli.Main and nothing else",
}

// placeOf reads a package path relative to the module ("internal/core/asks").
func placeOf(dir string) place {
	parts := strings.Split(dir, "/")
	if parts[0] == "internal" && len(parts) > 1 {
		parts = parts[1:]
	}
	p := place{floor: parts[0]}
	if len(parts) > 1 {
		p.name = parts[1]
	}
	return p
}

// importsGoDown is rule 1: app, feature, core, platform, worktime and tally, in this
// order and never sideways.
func importsGoDown(files []file) []string {
	var wrong []string
	for _, f := range files {
		from := placeOf(f.dir())
		if _, known := below[from.floor]; !known {
			wrong = append(wrong, fmt.Sprintf("%s: the house has no folder for this; put it into a feature, core or platform package (docs/house.md)", f.path))
			continue
		}
		for imported, node := range f.imports() {
			dir, ours := strings.CutPrefix(imported, module+"/")
			if !ours || dir == f.dir() {
				continue
			}
			if why := onlyTests[dir]; why != "" && !f.test() && onlyTests[f.dir()] == "" {
				wrong = append(wrong, fmt.Sprintf("%s imports %s, which %s: only tests may", f.at(node), dir, why))
				continue
			}
			if reason := refused(from, placeOf(dir)); reason != "" {
				wrong = append(wrong, fmt.Sprintf("%s imports %s: %s", f.at(node), dir, reason))
			}
		}
	}
	return wrong
}

// refused says why from may not import to, and what to do instead; empty when it may.
func refused(from, to place) string {
	switch {
	case from.floor == to.floor && from.name == to.name:
		return ""
	case !contains(below[from.floor], to.floor):
		return fmt.Sprintf("%s may not import %s; %s", from.floor, to.floor, advice(from.floor))
	case from.floor == "feature" && to.floor == "feature":
		return "features never import each other; " + advice("feature")
	case from.floor == "core" && to == world: // by a test: anybody else was refused before
		return ""
	case from.floor == "core" && to.floor == "core" && rank(to.name) >= rank(from.name):
		return fmt.Sprintf("core goes %s, each importing only those before it; %s", strings.Join(coreOrder, " < "), advice("core"))
	}
	return ""
}

func advice(floor string) string {
	if text, ok := instead[floor]; ok {
		return text
	}
	return "move the code down to where both can reach it"
}

// rank is the place in coreOrder; a stranger ranks after all, so that it may
// import the others and nobody it.
func rank(name string) int {
	for i, known := range coreOrder {
		if known == name {
			return i
		}
	}
	return len(coreOrder)
}

func contains(all []string, one string) bool {
	for _, each := range all {
		if each == one {
			return true
		}
	}
	return false
}

func TestImportsGoDown(t *testing.T) { check(t, importsGoDown) }

func TestImportsGoDownIsNoticed(t *testing.T) {
	cases := []struct {
		name, path, imports string
		wrong               bool
	}{
		{"a feature imports core", "internal/feature/mail/mail.go", "internal/core/asks", false},
		{"a feature imports its own sub-package", "internal/feature/importers/slack.go", "internal/feature/importers/zip", false},
		{"a feature imports a sibling", "internal/feature/mail/mail.go", "internal/feature/search", true},
		{"core imports a feature", "internal/core/asks/asks.go", "internal/feature/mail", true},
		{"asks imports spaces", "internal/core/asks/asks.go", "internal/core/spaces", false},
		{"people imports asks", "internal/core/people/people.go", "internal/core/asks", true},
		{"the platform imports core", "internal/platform/web/web.go", "internal/core/auth", true},
		{"a core test stands in the world of tests", "internal/core/people/people_test.go", "internal/core/coretest", false},
		{"a feature's test does", "internal/feature/mail/mail_test.go", "internal/core/coretest", false},
		{"a feature leans on the world of tests", "internal/feature/mail/mail.go", "internal/core/coretest", true},
		{"the app leans on it", "internal/app/app.go", "internal/core/coretest", true},
		{"a platform test reaches up into it", "internal/platform/db/db_test.go", "internal/core/coretest", true},
		{"the platform leans on test parts", "internal/platform/db/db.go", "internal/platform/testkit", true},
		{"the platform imports the platform", "internal/platform/job/job.go", "internal/platform/db", false},
		{"worktime imports the platform", "worktime/add.go", "internal/platform/clock", true},
		{"tally imports worktime", "tally/tally.go", "worktime", true},
		{"a feature counts", "internal/feature/decisions/count.go", "tally", false},
		{"the commands reach into core", "internal/cli/ask.go", "internal/core/asks", true},
		{"the commands make the app", "internal/cli/serve.go", "internal/app", false},
		{"a folder nobody knows", "internal/util/strings.go", "worktime", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files := written(t, map[string]string{c.path: "package p\nimport _ \"" + module + "/" + c.imports + "\"\n"})
			expect(t, importsGoDown(files), c.wrong)
		})
	}
}

// expect checks that a rule over a small tree complained, or did not.
func expect(t *testing.T, got []string, wrong bool) {
	t.Helper()
	if (len(got) > 0) != wrong {
		t.Errorf("complaints %q, want any: %v", got, wrong)
	}
}
