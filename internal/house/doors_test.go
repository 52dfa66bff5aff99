package house

import (
	"fmt"
	"strings"
	"testing"
)

// httpDoors are the places besides http.go that may import net/http, a folder
// or a file each, and why.
var httpDoors = map[string]string{
	"internal/platform/web":     "is the HTTP of the house",
	"internal/platform/outside": "is the way out over HTTP",
	"internal/platform/testkit": "plays the browser in tests",
	"internal/platform/blob":    "talks to S3 over HTTP",
	"internal/feature/live":     "holds the event stream of each browser open",
	"internal/app":              "makes the server and mounts what features offer",
	"internal/cli":              "is a client of the API",
	"internal/journeys":         "is told over HTTP",
	"web":                       "hands out the built screens",
}

// sqlDoors are the places besides store.go that may hold SQL or import
// database/sql, and why.
var sqlDoors = map[string]string{
	"internal/platform/db":      "is the only one that knows the engines",
	"internal/platform/bus":     "speaks LISTEN and NOTIFY",
	"internal/platform/testkit": "makes and drops databases for tests",
	"db":                        "holds the migrations",
}

// opens says whether a file goes by the given door ("http", "store") or stands
// in one of the listed places. Large stores divide by noun: store_owed.go.
func opens(f file, door string, places map[string]string) bool {
	if f.test() || f.name() == door+".go" || strings.HasPrefix(f.name(), door+"_") {
		return true
	}
	for listed := range places {
		if f.path == listed || strings.HasPrefix(f.path, listed+"/") {
			return true
		}
	}
	return false
}

// httpEntersByItsDoor is the first half of rule 2.
func httpEntersByItsDoor(files []file) []string {
	var wrong []string
	for _, f := range files {
		node, imported := f.imports()["net/http"]
		if imported && !opens(f, "http", httpDoors) {
			wrong = append(wrong, fmt.Sprintf("%s imports net/http: move the translating into http.go and let this file take plain values; a package that is a door to the outside is listed in httpDoors with its reason", f.at(node)))
		}
	}
	return wrong
}

// sqlEntersByItsDoor is the second half of rule 2: neither the driver's package
// nor a statement stands outside store.go.
func sqlEntersByItsDoor(files []file) []string {
	var wrong []string
	for _, f := range files {
		if opens(f, "store", sqlDoors) || !housed(f) {
			continue
		}
		if node, imported := f.imports()["database/sql"]; imported {
			wrong = append(wrong, fmt.Sprintf("%s imports database/sql: move this into store.go, behind a function named for what it finds or changes", f.at(node)))
		}
		for _, s := range statements(f) {
			wrong = append(wrong, fmt.Sprintf("%s holds SQL (%s…): move it into store.go of the package that owns the table", s.at, s.opening()))
		}
	}
	return wrong
}

// housed says whether a file belongs to the server; command-line scripts do not.
func housed(f file) bool { return strings.HasPrefix(f.path, "internal/") }

func TestHTTPEntersByItsDoor(t *testing.T) { check(t, httpEntersByItsDoor) }

func TestSQLEntersByItsDoor(t *testing.T) { check(t, sqlEntersByItsDoor) }

func TestDoorsAreNoticed(t *testing.T) {
	const http = "package p\nimport _ \"net/http\"\n"
	const driver = "package p\nimport _ \"database/sql\"\n"
	const query = "package p\nconst q = `\n\tSELECT id FROM asks_owed`\n"
	cases := []struct {
		name, path, source string
		rule               rule
		wrong              bool
	}{
		{"http.go speaks HTTP", "internal/core/asks/http.go", http, httpEntersByItsDoor, false},
		{"http_owed.go does too", "internal/core/asks/http_owed.go", http, httpEntersByItsDoor, false},
		{"a use case speaks HTTP", "internal/core/asks/answer.go", http, httpEntersByItsDoor, true},
		{"a test speaks HTTP", "internal/core/asks/answer_test.go", http, httpEntersByItsDoor, false},
		{"the platform's web speaks HTTP", "internal/platform/web/server.go", http, httpEntersByItsDoor, false},
		{"store.go holds SQL", "internal/core/asks/store.go", query, sqlEntersByItsDoor, false},
		{"a use case holds SQL", "internal/core/asks/answer.go", query, sqlEntersByItsDoor, true},
		{"a use case imports the driver", "internal/core/asks/answer.go", driver, sqlEntersByItsDoor, true},
		{"prose that begins like SQL", "internal/core/asks/answer.go", "package p\nconst q = \"Select a person\"\n", sqlEntersByItsDoor, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			expect(t, c.rule(written(t, map[string]string{c.path: c.source})), c.wrong)
		})
	}
}
