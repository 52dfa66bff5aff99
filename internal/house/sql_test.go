package house

import (
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// tables lists the table prefixes of packages whose tables are not simply
// named after them ("asks" or "asks_…"). The log numbers its events on the row
// of the workspace that db locks for every write, so those two share a table.
var tables = map[string][]string{
	"internal/platform/event": {"event", "db_workspaces"},
}

// statement is one SQL text found in a Go file.
type statement struct {
	at   string
	text string
}

// opening is the beginning of the text, short enough for a message.
func (s statement) opening() string {
	words := strings.Fields(s.text)
	if len(words) > 5 {
		words = words[:5]
	}
	return strings.Join(words, " ")
}

var (
	opensSQL  = regexp.MustCompile(`^\s*(?:SELECT|INSERT INTO|INSERT OR|UPDATE|DELETE FROM|WITH|CREATE|ALTER|DROP)\s`)
	namesIt   = regexp.MustCompile(`\b(\w+\s+)?(FROM|INTO|UPDATE|JOIN)\s+([a-z_][a-z0-9_]*)(\s*\()?`)
	namesCTE  = regexp.MustCompile(`(?:\bWITH|\bRECURSIVE|,)\s+([a-z_][a-z0-9_]*)\s*(?:\([a-z0-9_,\s]*\)\s*)?AS\s+(?:NOT\s+|)(?:MATERIALIZED\s+|)\(`)
	readsTime = regexp.MustCompile(`(?i)\bnow\s*\(\s*\)|\bcurrent_(?:timestamp|date|time)\b|\b(?:clock|statement|transaction)_timestamp\b|'now'|\bunixepoch\(\s*\)`)
)

// statements finds the string literals of a file that are SQL: they open like a
// statement, in capitals, and more than one word.
func statements(f file) []statement {
	var found []statement
	for _, s := range literals(f) {
		if opensSQL.MatchString(s.text) && len(strings.Fields(s.text)) > 2 {
			found = append(found, s)
		}
	}
	return found
}

// literals gives every string literal of a file, without import paths and tags.
func literals(f file) []statement {
	var found []statement
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil {
				found = append(found, statement{at: f.at(n), text: text})
			}
		}
		return true
	})
	return found
}

// named lists the tables that a piece of SQL names. Functions, names made by
// WITH anywhere in the file, and words that only look the part are left out.
func named(text string, made map[string]bool) []string {
	var found []string
	for _, m := range namesIt.FindAllStringSubmatch(text, -1) {
		before, verb, name, call := strings.TrimSpace(m[1]), m[2], m[3], m[4] != ""
		switch {
		case verb == "UPDATE" && (before == "FOR" || before == "DO" || before == "ON" || before == "KEY"):
		case verb == "FROM" && before == "DISTINCT":
		case call && verb != "INTO":
		case made[name], name == "excluded", name == "lateral":
		default:
			found = append(found, name)
		}
	}
	return found
}

// sqlNamesOwnTables is the last part of rule 2: what store.go names belongs to
// its package.
func sqlNamesOwnTables(files []file) []string {
	var wrong []string
	for _, f := range files {
		if f.test() || !housed(f) || !opens(f, "store", nil) {
			continue
		}
		all := literals(f)
		made := map[string]bool{}
		for _, s := range all {
			for _, m := range namesCTE.FindAllStringSubmatch(s.text, -1) {
				made[m[1]] = true
			}
		}
		for _, s := range all {
			for _, name := range named(s.text, made) {
				if !owns(f.dir(), name) {
					wrong = append(wrong, fmt.Sprintf("%s names the table %s: a package reads and writes its own tables (%s); ask the owner through a small interface, or listen to its events and keep what you need", s.at, name, strings.Join(prefixes(f.dir()), ", ")))
				}
			}
		}
	}
	return wrong
}

// prefixes are the names a package's tables go by, each alone or with more
// after an underscore.
func prefixes(dir string) []string {
	if listed, ok := tables[dir]; ok {
		return listed
	}
	return []string{placeOf(dir).name}
}

func owns(dir, table string) bool {
	for _, prefix := range prefixes(dir) {
		if table == prefix || strings.HasPrefix(table, prefix+"_") {
			return true
		}
	}
	return false
}

// sqlNeverReadsTheClock is rule 3 for statements: the instant comes from tx.Now.
func sqlNeverReadsTheClock(files []file) []string {
	var wrong []string
	for _, f := range files {
		if f.test() || !housed(f) {
			continue
		}
		for _, s := range statements(f) {
			if found := readsTime.FindString(s.text); found != "" {
				wrong = append(wrong, fmt.Sprintf("%s says %s in SQL: pass tx.Now as an argument, so that tests own the clock and both engines agree", s.at, found))
			}
		}
	}
	return wrong
}

func TestSQLNamesOwnTables(t *testing.T) { check(t, sqlNamesOwnTables) }

func TestSQLNeverReadsTheClock(t *testing.T) { check(t, sqlNeverReadsTheClock) }

var migration = regexp.MustCompile(`^([0-9]{4})_([a-z]+)(_[a-z0-9_]+)?\.sql$`)

// Migrations are one sequence, each named by its feature, and hold no clock.
func TestMigrations(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(root(t), "db", "migrations", "*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(paths)
	seen := map[string]string{}
	for _, p := range paths {
		name := filepath.Base(p)
		parts := migration.FindStringSubmatch(name)
		if parts == nil {
			t.Errorf("db/migrations/%s: name it number, feature, what: 0042_asks_remind.sql", name)
			continue
		}
		if other, taken := seen[parts[1]]; taken {
			t.Errorf("db/migrations/%s has the number of %s: take the next free one", name, other)
		}
		seen[parts[1]] = name
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		if found := readsTime.FindString(uncommented(string(text))); found != "" {
			t.Errorf("db/migrations/%s says %s: let the package write the instant when it writes the row", name, found)
		}
	}
}

var sqlComment = regexp.MustCompile(`(?m)--.*$`)

func uncommented(sql string) string { return sqlComment.ReplaceAllString(sql, "") }

func TestSQLIsNoticed(t *testing.T) {
	cases := []struct {
		name, sql string
		rule      rule
		wrong     bool
	}{
		{"its own table", `SELECT id FROM asks_owed`, sqlNamesOwnTables, false},
		{"its own table, bare", `UPDATE asks SET x = 1`, sqlNamesOwnTables, false},
		{"another's table", `SELECT id FROM people_hours`, sqlNamesOwnTables, true},
		{"a name that only begins alike", `SELECT id FROM asksome`, sqlNamesOwnTables, true},
		{"a join with another's", `SELECT a.id FROM asks a JOIN spaces_threads t ON t.id = a.thread`, sqlNamesOwnTables, true},
		{"an insert into another's", `INSERT INTO spaces_posts (id) VALUES ($1)`, sqlNamesOwnTables, true},
		{"an upsert", `INSERT INTO asks (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET x = excluded.x`, sqlNamesOwnTables, false},
		{"a locking read", `SELECT id FROM asks FOR UPDATE SKIP LOCKED`, sqlNamesOwnTables, false},
		{"a name made by WITH", "WITH late AS (\n SELECT id FROM asks), more AS (SELECT 1) SELECT id FROM late JOIN more ON true", sqlNamesOwnTables, false},
		{"a table function", `SELECT value FROM json_each($1)`, sqlNamesOwnTables, false},
		{"a null-safe comparison", `SELECT id FROM asks WHERE a IS DISTINCT FROM b`, sqlNamesOwnTables, false},
		{"a piece of a statement", ` JOIN people p ON true`, sqlNamesOwnTables, true},
		{"the engine's clock", `UPDATE asks SET at = now()`, sqlNeverReadsTheClock, true},
		{"the engine's clock, by another name", `SELECT id FROM asks WHERE at < CURRENT_TIMESTAMP`, sqlNeverReadsTheClock, true},
		{"a column called now_owed", `SELECT now_owed FROM asks`, sqlNeverReadsTheClock, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			source := "package p\nconst q = `" + c.sql + "`\n"
			files := written(t, map[string]string{"internal/core/asks/store.go": source})
			expect(t, c.rule(files), c.wrong)
		})
	}
}
