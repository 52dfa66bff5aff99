package house

import (
	"fmt"
	"go/ast"
	"strings"
	"testing"
)

// httpClients are the places that may make HTTP requests of their own, and why.
var httpClients = map[string]string{
	"internal/platform/outside": "is the one way out: it checks and pins addresses and bounds what comes back",
	"internal/cli":              "talks to its own server, on the machine of whoever types",
	"internal/platform/testkit": "plays the browser in tests",
}

// asks are the parts of net/http by which a request leaves the house.
var asks = map[string]bool{
	"Client": true, "Transport": true, "DefaultClient": true, "DefaultTransport": true,
	"Get": true, "Head": true, "Post": true, "PostForm": true, "ReverseProxy": true, "NewSingleHostReverseProxy": true,
}

// oneWayOut holds that nothing but platform/outside asks the outside over HTTP.
func oneWayOut(files []file) []string {
	var wrong []string
	for _, f := range files {
		if f.test() || within(f, httpClients) {
			continue
		}
		names := map[string]bool{}
		for _, spec := range f.ast.Imports {
			path := strings.Trim(spec.Path.Value, `"`)
			if path != "net/http" && path != "net/http/httputil" {
				continue
			}
			name := path[strings.LastIndexByte(path, '/')+1:]
			if spec.Name != nil {
				name = spec.Name.Name
			}
			names[name] = true
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && names[x.Name] && asks[s.Sel.Name] {
				wrong = append(wrong, fmt.Sprintf("%s uses %s.%s: what asks outside goes through platform/outside, which checks addresses and bounds answers", f.at(s), x.Name, s.Sel.Name))
			}
			return true
		})
	}
	return wrong
}

func within(f file, places map[string]string) bool {
	for listed := range places {
		if strings.HasPrefix(f.path, listed+"/") {
			return true
		}
	}
	return false
}

func TestOneWayOut(t *testing.T) { check(t, oneWayOut) }

func TestOneWayOutIsNoticed(t *testing.T) {
	for _, c := range []struct {
		name, path, source string
		wrong              bool
	}{
		{"a client of its own", "internal/core/people/http.go", "package p\nimport \"net/http\"\nvar c = &http.Client{}\n", true},
		{"the usual client", "internal/feature/push/http.go", "package p\nimport \"net/http\"\nvar f = http.Get\n", true},
		{"under another name", "internal/feature/push/http.go", "package p\nimport web \"net/http\"\nvar f = web.DefaultTransport\n", true},
		{"a handler", "internal/feature/push/http.go", "package p\nimport \"net/http\"\nvar f http.Handler\n", false},
		{"the way out", "internal/platform/outside/http.go", "package p\nimport \"net/http\"\nvar c = &http.Client{}\n", false},
		{"a test", "internal/feature/push/push_test.go", "package p\nimport \"net/http\"\nvar c = &http.Client{}\n", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			expect(t, oneWayOut(written(t, map[string]string{c.path: c.source})), c.wrong)
		})
	}
}
